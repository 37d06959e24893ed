import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import type { ObjectDef } from '../../api/types.ts';
import { type Action, useActions } from '../../actions/registry.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
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
import { columnsOf, fieldsOf, withName } from './columns.ts';
import { EmptyList } from './empty-list.tsx';
import { Grid } from './grid.tsx';
import type { GridHandle } from './grid-props.ts';
import { groups_max, summedOf } from './groups.ts';
import { Jump } from './jump.tsx';
import styles from './list.module.css';
import { pageKeys } from './keys.ts';
import { BulkBar, CreateDialog, ListMenu, ListTools, PasteDialog } from './list-parts.ts';
import { all_rows } from './list-view.ts';
import type { Pasted } from './paste-trial.ts';
import { PhoneRows } from './phone-rows.tsx';
import { useList } from './use-list.ts';
import { useRowMenu } from './use-row-menu.tsx';
import { useView } from './use-view.ts';
import { defaultsOf, useViews, Views } from './views.tsx';
import { isBare, isChanged, nextSort, type ViewSearch } from './view-state.ts';

export function ListPage() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read) return <NotFound />;
  return <OpenList key={plural} object={object} />;
}

// An address that says nothing opens the view the member chose, or else the one an administrator did.
function OpenList({ object }: { object: ObjectDef }) {
  const search = useSearch({ strict: false }) as ViewSearch;
  const known = useViews(object);
  if (isBare(search) && known.isPending) return <Skeleton lines={8} />;
  const isThere = (id: string) => id === all_rows || known.views.some((one) => one.id === id);
  const opens = [String(known.preference?.value ?? ''), object.opens ?? ''];
  const chosen = isBare(search) ? (opens.find((id) => id !== '' && isThere(id)) ?? search.view) : search.view;
  return <List object={object} search={{ ...search, view: chosen }} known={known} />;
}

type Props = { object: ObjectDef; search: ViewSearch; known: ReturnType<typeof useViews> };

function List({ object, search, known }: Props) {
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const saved = defaultsOf(known.views.find((view) => view.id === search.view));
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [pasted, setPasted] = useState<Pasted | null>(null);
  // What is chosen must be in sight.
  const onNarrow = () => setSelected(new Set());
  const view = useView(object, { to: `/${object.plural}`, search, saved, onNarrow });
  const { state, q, go } = view;
  const addFilter = useRef<HTMLButtonElement>(null);
  const viewMenu = useRef<HTMLButtonElement>(null);
  const grid = useRef<GridHandle>(null);
  const columns = columnsOf(catalogue, object, withName(object, state.columns), state.widths);
  const fields = fieldsOf(columns);
  const list = useList(object, state, q, fields, columns);
  const asked = { plural: object.plural, filters: list.filters, sort: state.sort, q, fields };
  const { commit, conflict } = useCommit(object);
  const peek = usePeek();
  const rowMenu = useRowMenu(object);
  const name = `${state.filter} ${state.sort} ${state.group} ${q}`;

  const label = pick(object.plural_label);
  const run = {
    search: () => view.searchBox.current?.focus(),
    filter: () => addFilter.current?.click(),
    views: () => viewMenu.current?.click(),
  };
  const icons = { search: 'search', filter: 'funnel', views: undefined };
  const further: Action[] = object.rights.delete
    ? [
        {
          id: 'list.bin',
          label: t('bin.title'),
          group: 'list',
          icon: 'bin',
          path: `/${object.plural}/bin`,
          run: () => void navigate({ to: `/${object.plural}/bin` }),
        },
      ]
    : [];
  useActions([
    ...further,
    ...pageKeys.map(({ id, keys: [keys], label: said }) => ({
      id: `list.${id}`,
      label: t(said),
      group: 'list' as const,
      icon: icons[id],
      keys,
      run: run[id],
    })),
    ...view.actions,
  ]);
  const chooseView = (id: string) => {
    view.reset();
    setSelected(new Set());
    const said = id === all_rows && !known.preference && !object.opens ? {} : { view: id };
    void navigate({ to: `/${object.plural}`, search: said });
  };
  const views = known.can ? (
    <Views
      object={object}
      views={known.views}
      preference={known.preference}
      state={state}
      changed={isChanged(search)}
      menuRef={viewMenu}
      compact={phone}
      onChoose={chooseView}
    />
  ) : null;
  return (
    <Page
      flush
      title={label}
      beside={phone ? null : views}
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
            <Button look="primary" onPress={view.openNew}>
              <Plus size={15} aria-hidden="true" />
              {view.newLabel}
            </Button>
          ) : null}
          <Suspense fallback={null}>
            <ListMenu actions={further} />
          </Suspense>
        </>
      }
    >
      <div className={styles.toolbar}>
        <SearchInput
          inputRef={view.searchBox}
          label={t('records.search')}
          value={view.typed}
          onChange={view.type}
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
        {phone ? views : null}
      </div>
      {list.error || list.truncated ? (
        <div className={styles.notice}>
          <Notice tone={list.error ? 'bad' : 'warn'}>
            {list.error ? sentence(list.error) : t('list.group.truncated', { count: count(groups_max) })}
          </Notice>
        </div>
      ) : null}
      {list.isEmpty ? (
        <EmptyList object={object} narrowed={!!(state.filter || q)} onClear={view.clear} onNew={view.openNew} />
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
          onMenu={rowMenu.open}
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
        {view.isNew ? (
          <CreateDialog
            object={object}
            onClose={view.closeNew}
            onCreated={(record) => {
              void client.invalidateQueries({ queryKey: ['records', object.plural, 'list'] });
              void navigate({ to: `/${object.plural}/${record.id}` });
            }}
          />
        ) : null}
      </Suspense>
      {rowMenu.menu}
      {conflict}
    </Page>
  );
}
