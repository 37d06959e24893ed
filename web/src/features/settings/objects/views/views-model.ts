// The views of a list as an administrator edits them, and what becomes of them on the wire: of a built-in view only what differs is
// said, so that the rest follows later versions of the program.
import type {
  DefinedView,
  Definition,
  OpeningOverlay,
  ViewOverlay,
  ViewsOverlay,
} from '../../../../api/definitions.ts';
import type { RecordData } from '../../../../api/types.ts';
import { readSettings } from '../../../../records/index/view-state.ts';
import { keyFrom } from '../field-model.ts';

export type ViewDraft = {
  zh: string;
  en: string;
  filter: string;
  sort: string;
  columns: string[];
  group: string;
  roles: string[];
};

export const emptyView: ViewDraft = { zh: '', en: '', filter: '', sort: '', columns: [], group: '', roles: [] };

export const draftOf = (view: DefinedView): ViewDraft => ({
  zh: view.label.zh,
  en: view.label.en,
  filter: view.filter,
  sort: view.sort,
  columns: view.columns,
  group: view.group,
  roles: view.roles,
});

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

// What a member shared, as the beginning of a view for others.
export const draftOfShared = (record: RecordData): ViewDraft => ({
  ...emptyView,
  zh: text(record.name),
  filter: text(record.filter),
  sort: text(record.sort),
  columns: text(record.columns).split(',').filter(Boolean),
  group: readSettings(record.settings).group ?? '',
});

const labelOf = ({ zh, en }: ViewDraft) => ({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() });

// Every view in its order as the overlay says it today.
function entries(definition: Definition): ViewOverlay[] {
  const said = new Map((definition.overlay?.views?.list ?? []).map((view) => [view.key, view]));
  return definition.views.map(({ key }) => said.get(key) ?? { key });
}

const openings = (definition: Definition): OpeningOverlay[] => definition.overlay?.views?.opens ?? [];

const wire = (definition: Definition, list: ViewOverlay[], opens = openings(definition)): ViewsOverlay => ({
  list,
  opens: opens.filter((one) => list.some((view) => view.key === one.view)),
});

const changed = (definition: Definition, key: string, change: (view: ViewOverlay) => ViewOverlay): ViewsOverlay =>
  wire(
    definition,
    entries(definition).map((view) => (view.key === key ? change(view) : view)),
  );

export function orderViews(definition: Definition, order: readonly { key: string }[]): ViewsOverlay {
  const place = new Map(order.map(({ key }, at) => [key, at]));
  const placeOf = ({ key }: ViewOverlay) => place.get(key) ?? order.length;
  return wire(
    definition,
    entries(definition).sort((one, other) => placeOf(one) - placeOf(other)),
  );
}

export const showView = (definition: Definition, key: string, active: boolean): ViewsOverlay =>
  changed(definition, key, (view) => ({ ...view, active: active ? undefined : false }));

export const removeView = (definition: Definition, key: string): ViewsOverlay =>
  wire(
    definition,
    entries(definition).filter((view) => view.key !== key),
  );

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

export function editView(definition: Definition, before: DefinedView, draft: ViewDraft): ViewsOverlay {
  const now = { ...draft, label: labelOf(draft) };
  const parts = ['label', 'filter', 'sort', 'columns', 'group'] as const;
  const differing = parts.filter((part) => !same(before[part], now[part])).map((part) => [part, now[part]] as const);
  return changed(definition, before.key, (view) => ({
    ...view,
    ...Object.fromEntries(differing),
    roles: draft.roles.length > 0 ? draft.roles : undefined,
  }));
}

export function addView(definition: Definition, draft: ViewDraft): ViewsOverlay {
  const taken = definition.views.map((view) => view.key);
  const { filter, sort, columns, group, roles } = draft;
  const key = keyFrom(draft.en, taken, 'x_', 'view');
  const view = { key, label: labelOf(draft), filter, sort, columns, group, ...(roles.length > 0 ? { roles } : {}) };
  return wire(definition, [...entries(definition), view]);
}

export const openingOf = (definition: Definition, role: string): string =>
  openings(definition).find((one) => one.role === role)?.view ?? '';

// Whoever has a role opens what is said of it; the rest what is said of everybody, which therefore stands last.
export function openWith(definition: Definition, role: string, view: string): ViewsOverlay {
  const others = openings(definition).filter((one) => one.role !== role);
  const opens = view === '' ? others : [...others, { role, view }];
  return wire(definition, entries(definition), [
    ...opens.filter((one) => one.role !== ''),
    ...opens.filter((one) => one.role === ''),
  ]);
}
