import { expect, test } from 'vitest';
import type { ObjectDef } from '../../../api/types.ts';
import { layoutOf, layoutWire, loose, putField } from './layout-model.ts';

const field = (name: string, more = {}) => ({ name, type: 'text' as const, label: { zh: name, en: name }, ...more });
const object = {
  name: 'boat',
  fields: [
    field('name'),
    field('price'),
    field('crew'),
    field('gone', { active: false }),
    field('seen', { written_by: 'system' }),
    field('owner'),
  ],
  layout: {
    list: ['name'],
    key: [],
    sections: [
      { label: { zh: '船', en: 'Boat' }, fields: ['name', 'price'] },
      { label: { zh: '人', en: 'People' }, fields: ['crew'] },
    ],
  },
} as unknown as ObjectDef;

test('a layout goes through the form unchanged, its conditions from the overlay', () => {
  const overlay = {
    list: ['name'],
    key: [],
    sections: [
      { label: { zh: '船', en: 'Boat' }, fields: ['name', 'price'], shown_when: 'price > 5' },
      { label: { zh: '人', en: 'People' }, fields: ['crew'] },
    ],
  };
  expect(layoutWire(layoutOf(object, overlay))).toEqual(overlay);
});

test('a field stands in one section; what stands in none is loose', () => {
  const draft = layoutOf(object, undefined);
  const [first, second] = draft.sections;
  const next = putField(draft, 'price', second?.id ?? '');
  expect(next.sections.map((section) => section.fields)).toEqual([['name'], ['crew', 'price']]);
  expect(putField(next, 'name', '').sections[0]?.fields).toEqual([]);
  expect(loose(object, putField(next, 'name', '')).map((one) => one.name)).toEqual(['name']);
  expect(first?.id).not.toBe(second?.id);
});
