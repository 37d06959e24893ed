import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

// Draws the path again, square by square.
function drawn(path: string, size: number): boolean[][] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    rows[Number(y)]?.fill(true, Number(x), Number(x) + Number(width));
  return rows;
}

test('runs of dark squares become rectangles', () => {
  const rows = [
    [true, true, false, true],
    [false, false, false, false],
    [false, true, true, true],
  ];
  expect(qrPath(rows)).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM1 2h3v1h-3z');
});

test('the path of a code is the code', () => {
  const { data, size } = encode('otpauth://totp/%E5%8D%8E%E4%B8%9C:a@example.com?secret=JBSWY3DPEHPK3PXP', {
    border: 0,
  });
  expect(size).toBeGreaterThan(20);
  expect(drawn(qrPath(data), size)).toEqual(data);
});
