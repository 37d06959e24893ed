import { expect, test } from 'vitest';
import { Catalogue } from './describe.ts';
import type { Field, ObjectDef } from './types.ts';

const text = (name: string): Field => ({ name, type: 'text', label: { zh: name, en: name } });
const object = (name: string, owned: boolean, fields: Field[]) =>
  ({
    name,
    plural: `${name}s`,
    label: { zh: name, en: name },
    plural_label: { zh: name, en: `${name}s` },
    owned,
    fields,
    verbs: [],
  }) as unknown as ObjectDef;

test('the object of a sharing rule is chosen by its label among those with owners', () => {
  const catalogue = new Catalogue({
    epoch: '1',
    objects: [
      object('deal', true, [text('object')]),
      object('product', false, []),
      { ...object('view', true, []), group: 'system' },
      object('sharing_rule', false, [text('object'), text('name')]),
    ],
  });
  const rule = catalogue.object('sharing_rule');
  expect(rule?.fields[0]).toMatchObject({ type: 'choice', choices: [{ key: 'deal', label: { en: 'deals' } }] });
  expect(rule?.fields[1]?.type).toBe('text');
  // A field of that name elsewhere is what it says it is.
  expect(catalogue.object('deal')?.fields[0]?.type).toBe('text');
});
