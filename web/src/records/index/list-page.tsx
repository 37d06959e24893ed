import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { isProblem } from '../../api/problem.ts';
import { listQuery } from '../../api/records.ts';
import type { ObjectDef } from '../../api/types.ts';
import { useActions } from '../../actions/registry.ts';
import { count } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { useLater, useRested } from '../../lib/debounce.ts';
import { usePhone } from '../../lib/media.ts';
import { LayoutSwitch } from '../layout-switch.tsx';
import { EmptyOffer } from '../empty-offer.tsx';
import { NotFound } from '../not-found.tsx';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Notice } from '../../ui/empty/empty.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Page } from '../../ui/page/page.tsx';
import { placeOf, usePeek, usePeekTrail } from '../peek.ts';
import { useCommit } from '../fields/use-commit.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import { columnsOf, withName } from './columns.ts';
import { Grid } from './grid.tsx';
import styles from './list.module.css';
import { PhoneRows } from './phone-rows.tsx';
import { placesOf, rowsOf } from './rows.ts';
import { defaultsOf, useViews, Views } from './views.tsx';
import { nextSort, readNone, searchOf, type ViewSearch, type ViewState, viewState } from './view-state.ts';

// Parts that the rows need not wait for.
const BulkBar = lazy(() => import('./bulk-bar.tsx').then((room) => ({ default: room.BulkBar })));
const CreateDialog = lazy(() => import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })));
const ListTools = lazy(() => import('./list-tools.tsx').then((room) => ({ default: room.ListTools })));

export function ListPage() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read) return <NotFound />;
  return <List key={plural} object={object} />;
}

function List({ object }: { object: ObjectDef }) {
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const search = useSearch({ strict: false }) as ViewSearch;
  const { can: canViews, views } = useViews(object);
  const saved = defaultsOf(views.find((view) => view.id === search.view));
  const state = viewState(object, readNone(search), saved);
  const [typed, setTyped] = useState(state.q);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const searchBox = useRef<HTMLInputElement>(null);
  const go = (next: Partial<ViewState>) => {
    // What is chosen must be in sight.
    if (next.filter !== undefined || next.q !== undefined) setSelected(new Set());
    return navigate({ to: `/${object.plural}`, search: searchOf({ ...state, ...next }, object, saved), replace: true });
  };

  const q = useRested(typed.trim());
  const later = useLater();
  const columns = columnsOf(catalogue, object, withName(object, state.columns));
  const fields = columns.map((column) => column.path).join(',');
  const list = useInfiniteQuery({
    ...listQuery(object.plural, { filter: state.filter, sort: state.sort, q, fields }),
    placeholderData: (old) => old,
  });
  const rows = rowsOf(list.data?.pages);
  const peek = usePeek();
  usePeekTrail(() => placesOf(object.plural, rows));
  const { fetchNextPage, hasNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage) void fetchNextPage();
  }, [hasNextPage, fetchNextPage]);
  const { commit, conflict } = useCommit(object);

  const label = pick(object.plural_label);
  const creating = search.new === '1' && object.rights.create;
  const openCreate = () => {
    // An address that still waits for what was searched would close the form again.
    later(() => {});
    const q = typed.trim() || undefined;
    return navigate({ to: `/${object.plural}`, search: { ...search, q, new: '1' } });
  };
  useActions([
    {
      id: 'list.search',
      label: t('records.search'),
      group: 'list',
      icon: 'search',
      keys: '/',
      run: () => searchBox.current?.focus(),
    },
    ...(object.rights.create
      ? [
          {
            id: 'create',
            label: t('records.new', { object: within(object.label) }),
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
    void navigate({ to: `/${object.plural}`, search: view ? { view } : {} });
  };
  const changed = !!(search.f ?? search.sort ?? search.cols);
  const isEmpty = list.isSuccess && rows.loaded === 0;
  return (
    <Page
      flush
      title={label}
      beside={
        canViews && !phone ? (
          <Views object={object} views={views} state={state} changed={changed} onChoose={chooseView} />
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
                onColumns={(next) => go({ columns: next })}
              />
            </Suspense>
          )}
          {object.rights.create ? (
            <Button look="primary" onPress={openCreate}>
              <Plus size={15} aria-hidden="true" />
              {t('records.new', { object: within(object.label) })}
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
        <FilterBar object={object} filter={state.filter} onChange={(filter) => go({ filter })} />
        <span className={styles.total} aria-live="polite">
          {rows.total === undefined ? '' : t('records.total', { count: count(rows.total) })}
        </span>
      </div>
      {list.isError ? (
        <div className={styles.notice}>
          <Notice tone="bad">{isProblem(list.error) ? list.error.message : t('common.unknown_error')}</Notice>
        </div>
      ) : null}
      {isEmpty ? (
        <EmptyList
          object={object}
          narrowed={!!(state.filter || q)}
          onClear={() => (setTyped(''), go({ filter: '', q: '' }))}
          onNew={openCreate}
        />
      ) : phone ? (
        <PhoneRows
          label={label}
          plural={object.plural}
          columns={columns}
          rows={rows}
          isFetching={list.isFetching}
          onMore={more}
        />
      ) : (
        <Grid
          label={label}
          plural={object.plural}
          columns={columns}
          rows={rows}
          sort={state.sort}
          selected={selected}
          selectable={object.rights.bulk}
          isFetching={list.isFetching}
          onMore={more}
          onSort={(path) => go({ sort: nextSort(state.sort, path) })}
          onSelect={setSelected}
          onOpen={(record) => navigate({ to: `/${object.plural}/${record.id}` })}
          onPeek={(record, from) => peek.open(placeOf(object.plural, record.id), from)}
          onCommit={(record, column, value) => commit(record, column.field, value)}
        />
      )}
      <Suspense fallback={null}>
        {selected.size > 0 ? (
          <BulkBar
            object={object}
            selected={selected}
            total={rows.total}
            filter={state.filter}
            q={q}
            onClear={() => setSelected(new Set())}
          />
        ) : null}
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

function EmptyList(props: { object: ObjectDef; narrowed: boolean; onClear: () => void; onNew: () => void }) {
  const name = within(props.object.label);
  if (props.narrowed) {
    return (
      <Empty
        title={t('records.none_match')}
        action={<Button onPress={props.onClear}>{t('records.clear_filter')}</Button>}
      >
        {t('records.none_match_help')}
      </Empty>
    );
  }
  return (
    <Empty
      title={t('records.empty', { objects: within(props.object.plural_label) })}
      action={
        <>
          {props.object.rights.create ? (
            <Button look="primary" onPress={props.onNew}>
              {t('records.new', { object: name })}
            </Button>
          ) : null}
          <EmptyOffer />
        </>
      }
    >
      {t('records.empty_help', { object: name })}
    </Empty>
  );
}
