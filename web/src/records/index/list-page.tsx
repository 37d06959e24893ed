import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import type { ObjectDef } from '../../api/types.ts';
import { useActions } from '../../actions/registry.ts';
import { count } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { useLater, useRested } from '../../lib/debounce.ts';
import { usePhone } from '../../lib/media.ts';
import { LayoutSwitch } from '../layout-switch.tsx';
import { NotFound } from '../not-found.tsx';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Page } from '../../ui/page/page.tsx';
import { placeOf, usePeek } from '../peek.ts';
import { useCommit } from '../fields/use-commit.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { columnsOf, withName } from './columns.ts';
import { EmptyList } from './empty-list.tsx';
import { Grid } from './grid.tsx';
import type { GridHandle } from './grid-props.ts';
import { groups_max, summedOf } from './groups.ts';
import { Jump } from './jump.tsx';
import styles from './list.module.css';
import { pageKeys } from './keys.ts';
import { all_rows } from './list-view.ts';
import type { Pasted } from './paste-dialog.tsx';
import { PhoneRows } from './phone-rows.tsx';
import { useList } from './use-list.ts';
import { defaultsOf, useViews, Views } from './views.tsx';
import {
  isBare,
  isChanged,
  nextSort,
  readNone,
  searchOf,
  type ViewSearch,
  type ViewState,
  viewState,
} from './view-state.ts';

// Parts that the rows need not wait for.
const BulkBar = lazy(() => import('./bulk-bar.tsx').then((room) => ({ default: room.BulkBar })));
const CreateDialog = lazy(() => import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })));
const PasteDialog = lazy(() => import('./paste-dialog.tsx').then((room) => ({ default: room.PasteDialog })));
const ListTools = lazy(() => import('./list-tools.tsx').then((room) => ({ default: room.ListTools })));

export function ListPage() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read) return <NotFound />;
  return <OpenList key={plural} object={object} />;
}

// An address that says nothing opens the view the member chose.
function OpenList({ object }: { object: ObjectDef }) {
  const search = useSearch({ strict: false }) as ViewSearch;
  const known = useViews(object);
  if (isBare(search) && known.isPending) return <Skeleton lines={8} />;
  const view = isBare(search) ? String(known.preference?.value ?? '') : search.view;
  const chosen = known.views.some((one) => one.id === view) ? view : search.view;
  return <List object={object} search={{ ...search, view: chosen }} known={known} />;
}

type Props = { object: ObjectDef; search: ViewSearch; known: ReturnType<typeof useViews> };

function List({ object, search, known }: Props) {
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const saved = defaultsOf(known.views.find((view) => view.id === search.view));
  const state = viewState(object, readNone(search), saved);
  const [typed, setTyped] = useState(state.q);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const addFilter = useRef<HTMLButtonElement>(null);
  const viewMenu = useRef<HTMLButtonElement>(null);
  const grid = useRef<GridHandle>(null);
  const go = (next: Partial<ViewState>) => {
    // What is chosen must be in sight.
    if (next.filter !== undefined || next.q !== undefined) setSelected(new Set());
    return navigate({ to: `/${object.plural}`, search: searchOf({ ...state, ...next }, object, saved), replace: true });
  };

  const q = useRested(typed.trim());
  const later = useLater();
  const columns = columnsOf(catalogue, object, withName(object, state.columns), state.widths);
  const fields = columns.map((column) => column.path).join(',');
  const list = useList(object, state, q, fields, columns);
  const asked = { plural: object.plural, filters: list.filters, sort: state.sort, q, fields };
  const { commit, conflict } = useCommit(object);
  const peek = usePeek();
  const name = `${state.filter} ${state.sort} ${state.group} ${q}`;

  const label = pick(object.plural_label);
  const creating = search.new === '1' && object.rights.create;
  const openCreate = () => {
    // An address that still waits for what was searched would close the form again.
    later(() => {});
    return navigate({ to: `/${object.plural}`, search: { ...search, q: typed.trim() || undefined, new: '1' } });
  };
  const run = {
    search: () => searchBox.current?.focus(),
    filter: () => addFilter.current?.click(),
    views: () => viewMenu.current?.click(),
  };
  const icons = { search: 'search', filter: 'funnel', views: undefined };
  const newRecord = t('records.new', { object: within(object.label) });
  useActions([
    ...pageKeys.map(({ id, keys: [keys], label: said }) => ({
      id: `list.${id}`,
      label: t(said),
      group: 'list' as const,
      icon: icons[id],
      keys,
      run: run[id],
    })),
    ...(object.rights.create
      ? [
          {
            id: 'create',
            label: newRecord,
            group: 'here' as const,
            icon: 'plus',
            keys: 'c',
            run: () => void openCreate(),
          },
        ]
      : []),
  ]);
  const closeCreate = () => navigate({ to: `/${object.plural}`, search: { ...search, new: undefined }, replace: true });
  const chooseView = (view: string) => {
    setTyped('');
    later(() => {});
    setSelected(new Set());
    const to = view === all_rows && !known.preference ? {} : { view };
    void navigate({ to: `/${object.plural}`, search: to });
  };
  return (
    <Page
      flush
      title={label}
      beside={
        known.can && !phone ? (
          <Views
            object={object}
            views={known.views}
            preference={known.preference}
            state={state}
            changed={isChanged(search)}
            menuRef={viewMenu}
            onChoose={chooseView}
          />
        ) : null
      }
      actions={
        <>
          {object.staged ? <LayoutSwitch object={object} search={search} layout="list" /> : null}
          {phone ? null : (
            <Suspense fallback={null}>
              <ListTools
                object={object}
                state={state}
                columns={columns.map((column) => column.path)}
                onChange={(next) => void go(next)}
              />
            </Suspense>
          )}
          {object.rights.create ? (
            <Button look="primary" onPress={openCreate}>
              <Plus size={15} aria-hidden="true" />
              {newRecord}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles.toolbar}>
        <SearchInput
          inputRef={searchBox}
          label={t('records.search')}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            // The address follows what is shown, not every key.
            later(() => void go({ q: text.trim() }));
          }}
          className={styles.search}
        />
        <FilterBar
          object={object}
          filter={state.filter}
          addRef={addFilter}
          onChange={(filter) => void go({ filter })}
        />
        <Jump
          total={list.total}
          onJump={phone || list.heads.length > 0 ? undefined : (row) => grid.current?.jump(row)}
        />
      </div>
      {list.error || list.truncated ? (
        <div className={styles.notice}>
          <Notice tone={list.error ? 'bad' : 'warn'}>
            {list.error ? sentence(list.error) : t('list.group.truncated', { count: count(groups_max) })}
          </Notice>
        </div>
      ) : null}
      {list.isEmpty ? (
        <EmptyList
          object={object}
          narrowed={!!(state.filter || q)}
          onClear={() => (setTyped(''), void go({ filter: '', q: '' }))}
          onNew={openCreate}
        />
      ) : phone ? (
        <PhoneRows name={name} label={label} columns={columns} list={list} asked={asked} />
      ) : (
        <Grid
          name={name}
          handle={grid}
          object={object}
          label={label}
          columns={columns}
          list={list}
          asked={asked}
          sort={state.sort}
          density={state.density}
          widths={state.widths}
          summed={summedOf(columns, state.totals)}
          selected={selected}
          selectable={object.rights.bulk}
          onSort={(path) => void go({ sort: nextSort(state.sort, path) })}
          onSelect={setSelected}
          onOpen={(record) => void navigate({ to: `/${object.plural}/${record.id}` })}
          onPeek={(record, from) => peek.open(placeOf(object.plural, record.id), from)}
          onCommit={(record, column, value) => commit(record, column.field, value)}
          onWidths={(widths) => void go({ widths })}
          onColumns={(paths) => void go({ columns: paths })}
          onPaste={
            object.rights.edit && object.rights.bulk
              ? (text, records, across) => setPasted({ text, records, columns: across })
              : undefined
          }
          onTotal={(path, kind) => void go({ totals: { ...state.totals, [path]: kind } })}
        />
      )}
      <Suspense fallback={null}>
        {selected.size > 0 ? (
          <BulkBar
            object={object}
            selected={selected}
            total={list.total}
            filter={state.filter}
            q={q}
            onClear={() => setSelected(new Set())}
          />
        ) : null}
        {pasted ? <PasteDialog object={object} pasted={pasted} onClose={() => setPasted(null)} /> : null}
        {creating ? (
          <CreateDialog
            object={object}
            onClose={closeCreate}
            onCreated={(record) => {
              void client.invalidateQueries({ queryKey: ['records', object.plural, 'list'] });
              void navigate({ to: `/${object.plural}/${record.id}` });
            }}
          />
        ) : null}
      </Suspense>
      {conflict}
    </Page>
  );
}
