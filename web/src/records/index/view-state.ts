// What a list shows, as its address says it: `?view=&f=&sort=&q=&cols=&w=&g=&d=&sum=`. A view gives the defaults, the address
// what differs from it. The board beside the list reads the same; the process is the board's alone, kept for the way back.
import type { ObjectDef } from '../../api/types.ts';

export const densities = { compact: 28, standard: 36, roomy: 44 } as const;
export type Density = keyof typeof densities;
export const totalKinds = ['sum', 'avg', 'min', 'max', 'none'] as const;
export type TotalKind = (typeof totalKinds)[number];
export type Widths = { [path: string]: number };
export type Totals = { [path: string]: TotalKind };

export type ViewSearch = {
  view?: string;
  f?: string;
  sort?: string;
  q?: string;
  cols?: string;
  w?: string;
  g?: string;
  d?: string;
  sum?: string;
  new?: string;
  process?: string;
};
export type ViewDefaults = {
  filter?: string;
  sort?: string;
  columns?: string[];
  widths?: Widths;
  group?: string;
  density?: Density;
  totals?: Totals;
};
export type ViewState = {
  view: string;
  filter: string;
  sort: string;
  q: string;
  columns: string[];
  widths: Widths;
  group: string;
  density: Density;
  totals: Totals;
  process?: string;
};

// `amount:180,name:300`
const pairsText = (pairs: { [path: string]: string | number }): string =>
  Object.keys(pairs)
    .sort()
    .map((path) => `${path}:${pairs[path]}`)
    .join(',');

function readPairs<T>(text: string, read: (value: string) => T | undefined): { [path: string]: T } {
  const found: { [path: string]: T } = {};
  for (const pair of text.split(',')) {
    const [path, value] = pair.split(':');
    const one = value === undefined ? undefined : read(value);
    if (path && one !== undefined) found[path] = one;
  }
  return found;
}

export const width_min = 60;
export const width_max = 800;
const readWidth = (value: string): number | undefined => {
  const px = Math.round(Number(value));
  return Number.isFinite(px) ? Math.max(width_min, Math.min(width_max, px)) : undefined;
};
const readTotal = (value: string) => totalKinds.find((kind) => kind === value);
export const readDensity = (value: unknown): Density | undefined =>
  (Object.keys(densities) as Density[]).find((one) => one === value);

export function viewState(object: ObjectDef, search: ViewSearch, saved: ViewDefaults | undefined): ViewState {
  const known = (name: string) => object.fields.some((field) => field.name === name.split('.')[0]);
  const wanted = search.cols?.split(',') ?? saved?.columns ?? object.layout.list;
  const columns = wanted.filter(known);
  const group = search.g ?? saved?.group ?? '';
  return {
    view: search.view ?? '',
    filter: search.f ?? saved?.filter ?? '',
    sort: search.sort ?? saved?.sort ?? '',
    q: search.q ?? '',
    process: search.process,
    columns: columns.length > 0 ? columns : [object.name_field],
    widths: search.w === undefined ? (saved?.widths ?? {}) : readPairs(search.w, readWidth),
    group: known(group) ? group : '',
    density: readDensity(search.d) ?? saved?.density ?? 'standard',
    totals: search.sum === undefined ? (saved?.totals ?? {}) : readPairs(search.sum, readTotal),
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
    w: differs(pairsText(state.widths), pairsText(saved?.widths ?? {})),
    g: differs(state.group, saved?.group),
    d: state.density === (saved?.density ?? 'standard') ? undefined : state.density,
    sum: differs(pairsText(state.totals), pairsText(saved?.totals ?? {})),
  };
}

const said = ['f', 'sort', 'cols', 'w', 'g', 'd', 'sum'] as const;
// True when the address says more than its view.
export const isChanged = (search: ViewSearch): boolean => said.some((name) => search[name] !== undefined);
// True when it says nothing at all.
export const isBare = (search: ViewSearch): boolean =>
  search.view === undefined && search.q === undefined && !isChanged(search);

// Stands for "nothing" where a saved view would say something; a router leaves empty parameters out.
export const none = '-';
export function readNone(search: ViewSearch): ViewSearch {
  const read = { ...search };
  for (const name of ['f', 'sort', 'w', 'g', 'sum'] as const) if (read[name] === none) read[name] = '';
  return read;
}

// What a saved view keeps beside filter, sort and columns.
export const settingsText = (state: ViewState): string | null => {
  const { widths, group, density, totals } = state;
  const kept = {
    ...(Object.keys(widths).length > 0 ? { widths } : {}),
    ...(group ? { group } : {}),
    ...(density === 'standard' ? {} : { density }),
    ...(Object.keys(totals).length > 0 ? { totals } : {}),
  };
  return Object.keys(kept).length > 0 ? JSON.stringify(kept) : null;
};

const saidPairs = (value: object | undefined) => pairsText((value ?? {}) as { [path: string]: string });

export function readSettings(text: unknown): ViewDefaults {
  let said: { widths?: object; group?: unknown; density?: unknown; totals?: object } = {};
  try {
    said = JSON.parse(typeof text === 'string' && text ? text : '{}') ?? {};
  } catch {
    return {};
  }
  return {
    widths: readPairs(saidPairs(said.widths), readWidth),
    group: typeof said.group === 'string' ? said.group : '',
    density: readDensity(said.density),
    totals: readPairs(saidPairs(said.totals), readTotal),
  };
}

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
