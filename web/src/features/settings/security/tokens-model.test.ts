import { expect, test } from 'vitest';
import { isDays, reachOf, scopesOf, toneOfExpiry } from './tokens-model.ts';

test('what the form asks is what the list says', () => {
  const objects = ['deal', 'account'];
  for (const reach of [
    { level: 'all', imports: false, objects: [] },
    { level: 'read', imports: false, objects },
    { level: 'write', imports: true, objects: [] },
    { level: 'admin', imports: false, objects },
  ] as const)
    expect(reachOf(scopesOf({ ...reach, objects: [...reach.objects] }))).toEqual(reach);
});

test('nothing is taken from who may everything, and who only reads imports nothing', () => {
  expect(scopesOf({ level: 'all', imports: true, objects: ['deal'] })).toEqual([]);
  expect(scopesOf({ level: 'read', imports: true, objects: [] })).toEqual(['read']);
});

test('of several words the widest is said, and a token may have none of them', () => {
  expect(reachOf(['read', 'write']).level).toBe('write');
  expect(reachOf(['import'])).toEqual({ level: null, imports: true, objects: [] });
});

test('a token warns from a fortnight before its end', () => {
  const now = new Date('2026-11-23T01:30:00Z');
  expect(toneOfExpiry('2026-12-08T01:30:00Z', now)).toBe('plain');
  expect(toneOfExpiry('2026-12-07T01:30:00Z', now)).toBe('warn');
  expect(toneOfExpiry('2026-11-23T01:30:00Z', now)).toBe('bad');
});

test('days are whole, one to a year', () => {
  expect(['1', '90', '365'].every(isDays)).toBe(true);
  expect(['', '0', '366', '1.5', '-1', 'x'].some(isDays)).toBe(false);
});
