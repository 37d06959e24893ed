import { describe, expect, test } from 'vitest';
import type { DefinedView, Definition } from '../../../../api/definitions.ts';
import { addView, draftOf, editView, emptyView, openWith, orderViews, removeView, showView } from './views-model.ts';

const view = (key: string, part: Partial<DefinedView> = {}): DefinedView => ({
  key,
  label: { zh: key, en: key },
  filter: '',
  sort: '',
  columns: [],
  group: '',
  roles: [],
  active: true,
  built_in: !key.startsWith('x_'),
  ...part,
});
const own = { key: 'x_big', label: { zh: '大', en: 'Big' }, filter: 'amount > 5' };
const definition: Definition = {
  object: 'deal',
  version: 1,
  custom: false,
  overlay: {
    object: 'deal',
    views: { list: [own], opens: [{ role: '', view: 'x_big' }] },
  },
  views: [view('x_big', own), view('mine', { filter: 'owner = me()' }), view('open')],
};
const keys = (list: { key: string }[]) => list.map((one) => one.key);

describe('the views of a list', () => {
  test('a built-in one says only what differs', () => {
    const [, mine] = definition.views;
    const said = editView(definition, mine!, { ...draftOf(mine!), zh: '我负责的', roles: ['rep'] });
    expect(said.list[1]).toEqual({ key: 'mine', label: { zh: '我负责的', en: 'mine' }, roles: ['rep'] });
    expect(editView(definition, mine!, draftOf(mine!)).list[1]).toEqual({ key: 'mine' });
  });
  test('all are named once one is moved', () => {
    const [big, mine, open] = definition.views;
    expect(keys(orderViews(definition, [open!, big!, mine!]).list)).toEqual(['open', 'x_big', 'mine']);
    expect(keys(orderViews(definition, [open!]).list)).toEqual(['open', 'x_big', 'mine']);
  });
  test('one is hidden and comes back', () => {
    expect(showView(definition, 'open', false).list[2]).toEqual({ key: 'open', active: false });
    expect(showView(definition, 'open', true).list[2]).toEqual({ key: 'open' });
  });
  test('one that is deleted opens no list', () => {
    expect(removeView(definition, 'x_big')).toEqual({ list: [{ key: 'mine' }, { key: 'open' }], opens: [] });
  });
  test('a new one gets a key of its own', () => {
    expect(keys(addView(definition, { ...emptyView, zh: '大', en: 'Big' }).list)).toContain('x_big_2');
    expect(keys(addView(definition, { ...emptyView, zh: '华东' }).list)).toContain('x_view_1');
  });
  test('what is said of everybody stands last', () => {
    expect(openWith(definition, 'rep', 'mine').opens).toEqual([
      { role: 'rep', view: 'mine' },
      { role: '', view: 'x_big' },
    ]);
    expect(openWith(definition, '', '').opens).toEqual([]);
  });
});
