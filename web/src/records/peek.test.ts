import { expect, test } from 'vitest';
import { neighbour, parsePlace } from './peek.ts';

test('a place names an object and an id, and nothing else does', () => {
  const rows: [string | undefined, { plural: string; id: string } | null][] = [
    ['deals/17', { plural: 'deals', id: '17' }],
    ['x_warranties/9', { plural: 'x_warranties', id: '9' }],
    ['deals', null],
    ['deals/', null],
    ['deals/abc', null],
    ['../deals/1', null],
    ['', null],
    [undefined, null],
  ];
  for (const [place, named] of rows) expect(parsePlace(place), place).toEqual(named);
});

test('a step goes to the neighbour and ends where the list does', () => {
  const trail = ['deals/1', 'deals/2', 'deals/3'];
  expect(neighbour(trail, 'deals/1', 1)).toBe('deals/2');
  expect(neighbour(trail, 'deals/3', 1)).toBeNull();
  expect(neighbour(trail, 'deals/2', -1)).toBe('deals/1');
  expect(neighbour(trail, 'deals/1', -1)).toBeNull();
  expect(neighbour(trail, 'leads/1', 1)).toBeNull();
});
