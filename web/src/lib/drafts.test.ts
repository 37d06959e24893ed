import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropDraft, dropDrafts, keepDraft, keptDraft, setDraftOwner, type Shelf } from './drafts.ts';

const day_ms = 86_400_000;

function makeShelf(): Shelf {
  const things = new Map<string, string>();
  return {
    getItem: (name) => things.get(name) ?? null,
    setItem: (name, value) => void things.set(name, value),
    removeItem: (name) => void things.delete(name),
    key: (at) => [...things.keys()][at] ?? null,
    get length() {
      return things.size;
    },
  };
}

let shelf = makeShelf();
beforeEach(() => {
  shelf = makeShelf();
  setDraftOwner('1');
});
afterEach(() => setDraftOwner(''));

test('what was typed is kept for its member and its form', () => {
  keepDraft('new.deals', { name: '华兴' }, 1000, shelf);
  expect(keptDraft('new.deals', 2000, shelf)).toEqual({ at: 1000, value: { name: '华兴' } });
  expect(keptDraft('new.leads', 2000, shelf)).toBe(null);
  setDraftOwner('2');
  expect(keptDraft('new.deals', 2000, shelf)).toBe(null);
});

test('it goes when it was saved, after a month, and with who signs out', () => {
  keepDraft('a', { x: 1 }, 0, shelf);
  dropDraft('a', shelf);
  expect(keptDraft('a', 1, shelf)).toBe(null);
  keepDraft('a', { x: 1 }, 0, shelf);
  expect(keptDraft('a', 29 * day_ms, shelf)).not.toBe(null);
  expect(keptDraft('a', 31 * day_ms, shelf)).toBe(null);
  keepDraft('b', { x: 2 }, 0, shelf);
  setDraftOwner('12');
  keepDraft('a', { x: 3 }, 0, shelf);
  setDraftOwner('1');
  dropDrafts(shelf);
  expect(shelf.length).toBe(1);
  setDraftOwner('12');
  expect(keptDraft<{ x: number }>('a', 1, shelf)?.value.x).toBe(3);
});

test('a shelf that is full or holds rubbish hinders nobody', () => {
  const full: Shelf = {
    ...makeShelf(),
    setItem: () => {
      throw new Error('full');
    },
    getItem: () => '{half',
  };
  keepDraft('a', { x: 1 }, 0, full);
  expect(keptDraft('a', 1, full)).toBe(null);
});
