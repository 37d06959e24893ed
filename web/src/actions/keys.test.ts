import { expect, test } from 'vitest';
import { ariaKeys, capsOf, comboOf, findByKeys } from './keys.ts';
import { type Action, actionsOf, type ActionRow } from './registry.ts';

const key = (name: string, held: Partial<KeyboardEvent> = {}) =>
  comboOf({ key: name, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held } as KeyboardEvent);

test.each<[string, Partial<KeyboardEvent>, string]>([
  ['k', { ctrlKey: true }, 'mod+k'],
  ['k', { metaKey: true }, 'mod+k'],
  ['K', { shiftKey: true }, 'shift+k'],
  ['?', { shiftKey: true }, '?'],
  ['[', {}, '['],
  [' ', {}, 'space'],
  ['Enter', { ctrlKey: true }, 'mod+enter'],
  ['ArrowDown', { shiftKey: true }, 'shift+arrowdown'],
  ['x', { altKey: true }, 'alt+x'],
])('%s held with %o is %s', (name, held, combo) => {
  expect(key(name, held)).toBe(combo);
});

const row = (id: string, keys: string): Action => ({ id, label: id, group: 'go', keys, run: () => {} });

test('a key is found, a sequence after its first', () => {
  const actions = [row('deals', 'g d'), row('down', 'j')];
  expect(findByKeys(actions, 'j').action?.id).toBe('down');
  expect(findByKeys(actions, 'g')).toEqual({ action: undefined, isBegun: true });
  expect(findByKeys(actions, 'g d').action?.id).toBe('deals');
  expect(findByKeys(actions, 'd')).toEqual({ action: undefined, isBegun: false });
});

test('keys are drawn as caps and told to a screen reader', () => {
  expect(capsOf('g d')).toEqual([['G'], ['D']]);
  expect(capsOf('shift+x')).toEqual([['Shift', 'X']]);
  expect(ariaKeys('mod+k')).toBe('Control+K');
  expect(ariaKeys('g d')).toBeUndefined();
});

test('a row that cannot be done here is not in the table', () => {
  const rows: ActionRow<{ open: boolean }>[] = [
    { id: 'win', label: () => 'Win', group: 'record', when: (where) => where.open, run: () => {} },
    { id: 'reopen', label: () => 'Reopen', group: 'record', when: (where) => !where.open, run: () => {} },
  ];
  expect(actionsOf(rows, { open: true }).map((one) => one.id)).toEqual(['win']);
  expect(actionsOf(rows, { open: false }).map((one) => one.id)).toEqual(['reopen']);
});
