import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Catalogue } from '../api/describe.ts';
import type { Field, ObjectDef } from '../api/types.ts';
import { askRecords, defaultViewQuery } from './ahead.ts';
import type { ViewSearch } from './index/view-state.ts';

const field = (name: string, type: string): Field =>
  ({ name, type, label: { zh: name, en: name }, sortable: true }) as unknown as Field;
const object = (name: string, more: Partial<ObjectDef>) =>
  ({
    name,
    plural: `${name}s`,
    label: { zh: name, en: name },
    plural_label: { zh: name, en: `${name}s` },
    name_field: 'name',
    fields: [field('name', 'text'), field('price', 'money'), field('port', 'text')],
    layout: { list: ['name', 'price'], key: [], sections: [] },
    rights: { read: true },
    verbs: [],
    ...more,
  }) as unknown as ObjectDef;
const dear = {
  key: 'dear',
  label: { zh: '', en: '' },
  filter: 'price > 1',
  sort: '-price',
  columns: ['port'],
  group: '',
};

let asked: string[] = [];
beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', async (address: string, { body }: RequestInit) => {
    const text = body ? JSON.stringify(JSON.parse(String(body)).measures) : '';
    asked.push(`${decodeURIComponent(address.replace('/api/v1', '')).replaceAll('+', ' ')} ${text}`.trim());
    return new Response('{"data":[],"rows":[]}');
  });
});
afterEach(() => vi.unstubAllGlobals());

function ask(boat: ObjectDef, at: string | undefined, search: ViewSearch = {}, client = new QueryClient()) {
  const catalogue = new Catalogue({ epoch: '1', objects: [boat, object('view', {}), object('preference', {})] });
  askRecords({ client, catalogue, object: boat, at, search });
  return asked.map((one) => (one.includes('owner = me()') ? one.replace(/\?.*/, '') : one));
}

const views = ['/views', '/preferences'];

test('a list asks for its first page and its sums beside its views', () => {
  expect(ask(object('boat', {}), undefined)).toEqual([
    ...views,
    '/boats?fields=name,price&limit=100',
    '/query {"n":"count()","m_price":"sum(price)"}',
  ]);
});

test('the address says what is asked, and a view that comes with the object does', () => {
  expect(ask(object('boat', {}), undefined, { f: 'port = "A"', cols: 'port' })).toEqual([
    ...views,
    '/boats?fields=name,port&filter=port = "A"&limit=100',
  ]);
  asked = [];
  expect(ask(object('boat', { views: [dear], opens: 'dear' }), undefined)).toContain(
    '/boats?sort=-price&fields=name,port&filter=price > 1&limit=100',
  );
});

test('where a saved view decides, the page itself asks once that is known', () => {
  expect(ask(object('boat', {}), undefined, { view: '77' })).toEqual(views);
  asked = [];
  expect(ask(object('boat', { opens: '77' }), undefined)).toEqual(views);
  asked = [];
  const client = new QueryClient();
  const boat = object('boat', {});
  client.setQueryData(defaultViewQuery(boat).queryKey, { data: [], next: null });
  expect(ask(boat, undefined, {}, client)).not.toContain('/boats?fields=name,price&limit=100');
});

test('a record asks for itself and what happened to it; what may not be read is not asked', () => {
  const staged = object('boat', { staged: true });
  expect(ask(staged, '7')).toEqual(['/boats/7', '/boats/7/timeline?limit=50', '/boats/7/process']);
  asked = [];
  expect(ask(object('boat', {}), 'bin')).toEqual([]);
  expect(ask(object('boat', { rights: { read: false } as ObjectDef['rights'] }), undefined)).toEqual([]);
});
