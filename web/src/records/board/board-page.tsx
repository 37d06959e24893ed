// The board of an object that runs in a process. It shares its address with the list: filter, search and order go along.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useActions } from '../../actions/registry.ts';
import { boardQuery } from '../../api/board.ts';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef } from '../../api/types.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Notice } from '../../ui/empty/empty.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Page } from '../../ui/page/page.tsx';
import { FilterBar } from '../filter/filter-bar.tsx';
import list from '../index/list.module.css';
import { defaultsOf, useViews } from '../index/views.tsx';
import { useView } from '../index/use-view.ts';
import type { ViewSearch } from '../index/view-state.ts';
import { LayoutSwitch } from '../layout-switch.tsx';
import { NotFound } from '../not-found.tsx';
import { Board } from './board.tsx';
import { boardAsk, toggleStalled } from './board-model.ts';
import { BoardPlace } from './board-place.tsx';
import { Totals } from './totals.tsx';

const BoardTools = lazy(() => import('./board-tools.tsx').then((room) => ({ default: room.BoardTools })));
const CreateDialog = lazy(() => import('../form/create-dialog.tsx').then((room) => ({ default: room.CreateDialog })));

export function BoardPage() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.read || !object.staged) return <NotFound />;
  return <StagedBoard key={plural} object={object} />;
}

function StagedBoard({ object }: { object: ObjectDef }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const phone = usePhone();
  const search = useSearch({ strict: false }) as ViewSearch;
  const { views } = useViews(object);
  const saved = defaultsOf(views.find((view) => view.id === search.view));
  const view = useView(object, { to: `/${object.plural}/board`, search, saved });
  const { state, q, go } = view;
  const ask = boardAsk(object, state, q);
  const board = useQuery({ ...boardQuery(object, ask), placeholderData: keepPreviousData });

  // `new=1`, or the stage in which it begins.
  const begins = board.data?.columns.find((column) => column.begins && column.key === search.new);
  const totals = board.data ? (
    <Totals
      object={object}
      board={board.data}
      q={q}
      filter={state.filter}
      onStalled={() => void go({ filter: toggleStalled(state.filter) })}
    />
  ) : null;
  const find = { label: t('records.search'), icon: 'search', keys: '/', run: () => view.searchBox.current?.focus() };
  useActions([
    { id: 'list.search', group: 'list', ...find },
    // The card that has the focus hears it first.
    { id: 'board.move', group: 'list', label: t('board.move_to'), keys: 'm', keysOnly: true, run: () => false },
    ...view.actions,
  ]);
  return (
    <Page
      flush
      title={t('board.title', { object: pick(object.label) })}
      beside={phone ? null : totals}
      actions={
        <>
          <LayoutSwitch object={object} search={search} layout="board" />
          {object.rights.create ? (
            <Button look="primary" onPress={view.openNew}>
              <Plus size={15} aria-hidden="true" />
              {view.newLabel}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={list.toolbar}>
        <SearchInput
          inputRef={view.searchBox}
          label={t('records.search')}
          value={view.typed}
          onChange={view.type}
          className={list.search}
        />
        <FilterBar object={object} filter={state.filter} onChange={(filter) => void go({ filter })} />
        <Suspense fallback={null}>
          <BoardTools
            object={object}
            board={board.data}
            sort={ask.sort}
            onSort={(next) => void go({ sort: next })}
            onProcess={(process) => void go({ process })}
          />
        </Suspense>
      </div>
      {phone && totals ? <div className={list.toolbar}>{totals}</div> : null}
      {board.isError ? (
        <div className={list.notice}>
          <Notice tone="bad">{sentence(board.error)}</Notice>
        </div>
      ) : null}
      {!board.data ? (
        board.isError ? null : (
          <BoardPlace />
        )
      ) : board.data.total.count > 0 ? (
        <Board
          object={object}
          board={board.data}
          ask={ask}
          readAt={board.dataUpdatedAt}
          onNew={object.rights.create ? (stage) => void view.openNewIn(stage) : undefined}
        />
      ) : (
        <EmptyBoard object={object} narrowed={!!(state.filter || q)} onClear={view.clear} onNew={view.openNew} />
      )}
      <Suspense fallback={null}>
        {view.isNew && board.data ? (
          <CreateDialog
            object={object}
            preset={{
              ...(state.process || begins ? { process: board.data.process } : {}),
              ...(begins ? { stage: begins.key } : {}),
            }}
            note={begins && begins !== board.data.columns[0] ? t('board.begins', { stage: pick(begins.label) }) : ''}
            onClose={view.closeNew}
            onCreated={(record) => {
              void client.invalidateQueries({ queryKey: keys.object(object.plural) });
              if (begins) void view.closeNew();
              else void navigate({ to: `/${object.plural}/${record.id}` });
            }}
          />
        ) : null}
      </Suspense>
    </Page>
  );
}

function EmptyBoard(props: { object: ObjectDef; narrowed: boolean; onClear: () => void; onNew: () => void }) {
  const { object } = props;
  if (props.narrowed)
    return (
      <Empty
        title={t('board.none_match')}
        action={<Button onPress={props.onClear}>{t('records.clear_filter')}</Button>}
      >
        {t('board.only_open')}
      </Empty>
    );
  return (
    <Empty
      title={t('board.empty', { objects: within(object.plural_label) })}
      action={
        object.rights.create ? (
          <Button look="primary" onPress={props.onNew}>
            {t('records.new', { object: within(object.label) })}
          </Button>
        ) : null
      }
    >
      {t('board.empty_help')}
    </Empty>
  );
}
