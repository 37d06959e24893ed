import { expect, test } from 'vitest';
import type { ObjectDef } from '../../api/types.ts';
import {
  isBare,
  isChanged,
  nextSort,
  none,
  readNone,
  readSettings,
  searchOf,
  settingsText,
  sortOf,
  viewState,
} from './view-state.ts';

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
    widths: {},
    group: '',
    density: 'standard',
    totals: {},
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
    w: undefined,
    g: undefined,
    d: undefined,
    sum: undefined,
  });
  const cleared = searchOf({ ...state, filter: '' }, boat, saved);
  expect(cleared.f).toBe(none);
  expect(viewState(boat, readNone(cleared), saved).filter).toBe('');
});

test('widths, group, density and sums are part of a view and of its address', () => {
  const search = { w: 'price:9000,port:10,name:222', g: 'port', d: 'compact', sum: 'price:avg,port:none,name:oops' };
  const state = viewState(boat, search, undefined);
  expect(state.widths).toEqual({ price: 800, port: 60, name: 222 });
  expect([state.group, state.density]).toEqual(['port', 'compact']);
  expect(state.totals).toEqual({ price: 'avg', port: 'none' });
  const saved = readSettings(settingsText(state));
  expect(isChanged(searchOf(state, boat, saved))).toBe(false);
  expect(viewState(boat, {}, saved)).toEqual(state);
  const cleared = searchOf({ ...state, group: '', widths: {}, totals: {} }, boat, saved);
  expect([cleared.g, cleared.w, cleared.sum]).toEqual([none, none, none]);
  expect(viewState(boat, readNone(cleared), saved)).toMatchObject({ group: '', widths: {}, totals: {} });
  expect(readSettings('not json')).toEqual({});
  expect(viewState(boat, { g: 'gone' }, undefined).group).toBe('');
});

test('an address that says nothing is bare', () => {
  expect(isBare({})).toBe(true);
  expect(isBare({ new: '1' })).toBe(true);
  expect(isBare({ view: 'all' })).toBe(false);
  expect(isBare({ q: 'x' })).toBe(false);
});

test('a header turns up, down, off', () => {
  expect(nextSort('', 'price')).toBe('price');
  expect(nextSort('price', 'price')).toBe('-price');
  expect(nextSort('-price', 'price')).toBe('');
  expect(sortOf('-price,name', 'price')).toBe('descending');
  expect(sortOf('-price,name', 'name')).toBe('none');
});
