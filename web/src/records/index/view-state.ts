// What a list and its board show, as the address says it: `?view=&f=&sort=&q=&cols=&process=`. A saved view gives the defaults, the
// address what differs from it. The process is the board's alone; the list keeps it for the way back.
import type { ObjectDef } from '../../api/types.ts';

export type ViewSearch = {
  view?: string;
  f?: string;
  sort?: string;
  q?: string;
  cols?: string;
  new?: string;
  process?: string;
};
export type ViewDefaults = { filter?: string; sort?: string; columns?: string[] };
export type ViewState = { view: string; filter: string; sort: string; q: string; columns: string[]; process?: string };

export function viewState(object: ObjectDef, search: ViewSearch, saved: ViewDefaults | undefined): ViewState {
  const known = (name: string) => object.fields.some((field) => field.name === name.split('.')[0]);
  const wanted = search.cols?.split(',') ?? saved?.columns ?? object.layout.list;
  const columns = wanted.filter(known);
  return {
    view: search.view ?? '',
    filter: search.f ?? saved?.filter ?? '',
    sort: search.sort ?? saved?.sort ?? '',
    q: search.q ?? '',
    process: search.process,
    columns: columns.length > 0 ? columns : [object.name_field],
  };
}

const differs = (value: string, base: string | undefined) => (value === (base ?? '') ? undefined : value || none);

// The part of the address that a change sets; what equals the saved view is left out, `f=` empty text stays meaningful.
export function searchOf(state: ViewState, object: ObjectDef, saved: ViewDefaults | undefined): ViewSearch {
  const base = (saved?.columns ?? object.layout.list).join(',');
  return {
    view: state.view || undefined,
    f: differs(state.filter, saved?.filter),
    sort: differs(state.sort, saved?.sort),
    q: state.q || undefined,
    process: state.process,
    cols: state.columns.join(',') === base ? undefined : state.columns.join(','),
  };
}

// Stands for "nothing" where a saved view would say something; a router leaves empty parameters out.
export const none = '-';
export const readNone = (search: ViewSearch): ViewSearch => ({
  ...search,
  f: search.f === none ? '' : search.f,
  sort: search.sort === none ? '' : search.sort,
});

// Header click: up, down, none. Only the first key of a sort is shown and changed.
export function nextSort(sort: string, field: string): string {
  const first = sort.split(',')[0];
  if (first === field) return `-${field}`;
  if (first === `-${field}`) return '';
  return field;
}

export function sortOf(sort: string, field: string): 'ascending' | 'descending' | 'none' {
  const first = sort.split(',')[0];
  return first === field ? 'ascending' : first === `-${field}` ? 'descending' : 'none';
}
