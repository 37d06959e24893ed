import { expect, test } from 'vitest';
import type { ObjectDef } from '../../api/types.ts';
import { nextSort, none, readNone, searchOf, sortOf, viewState } from './view-state.ts';

const boat = {
  name_field: 'name',
  fields: [{ name: 'name' }, { name: 'price' }, { name: 'port' }],
  layout: { list: ['name', 'price'], key: [], sections: [] },
} as unknown as ObjectDef;

test('the address wins over the saved view, the view over the definition', () => {
  expect(viewState(boat, {}, undefined).columns).toEqual(['name', 'price']);
  const saved = { filter: 'price > 1', sort: '-price', columns: ['name', 'port'] };
  expect(viewState(boat, { view: '7' }, saved)).toEqual({
    view: '7',
    filter: 'price > 1',
    sort: '-price',
    q: '',
    columns: ['name', 'port'],
  });
  expect(viewState(boat, { f: 'price > 2', cols: 'port,gone,port.name' }, saved).columns).toEqual([
    'port',
    'port.name',
  ]);
});

test('what equals the saved view stays out of the address, and a view can be emptied', () => {
  const saved = { filter: 'price > 1', sort: '-price', columns: ['name', 'port'] };
  const state = viewState(boat, { view: '7' }, saved);
  expect(searchOf(state, boat, saved)).toEqual({
    view: '7',
    f: undefined,
    sort: undefined,
    q: undefined,
    cols: undefined,
  });
  const cleared = searchOf({ ...state, filter: '' }, boat, saved);
  expect(cleared.f).toBe(none);
  expect(viewState(boat, readNone(cleared), saved).filter).toBe('');
});

test('a header turns up, down, off', () => {
  expect(nextSort('', 'price')).toBe('price');
  expect(nextSort('price', 'price')).toBe('-price');
  expect(nextSort('-price', 'price')).toBe('');
  expect(sortOf('-price,name', 'price')).toBe('descending');
  expect(sortOf('-price,name', 'name')).toBe('none');
});
