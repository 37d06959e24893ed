// What a page of records asks first, asked while its code is still on the way: on a slow line that is a wait less. Most have chosen no
// view of their own: what they will see is asked beside the question whether they did.
import type { QueryClient } from '@tanstack/react-query';
import { boardQuery } from '../api/board.ts';
import type { Catalogue } from '../api/describe.ts';
import { fewQuery, pageQuery, processQuery, recordQuery, timelineQuery } from '../api/records.ts';
import type { ObjectDef } from '../api/types.ts';
import { boardAsk } from './board/board-model.ts';
import { columnsOf, fieldsOf, withName } from './index/columns.ts';
import { groupable, groupsQuery, summedOf, totalsQuery } from './index/groups.ts';
import { all_rows, systemView } from './index/list-view.ts';
import { isBare, readNone, type ViewSearch, type ViewState, viewState } from './index/view-state.ts';

const views_max = 200;
export const defaultPreference = (object: ObjectDef): string => `default_view.${object.name}`;

export const viewsQuery = (object: ObjectDef) => ({
  ...fewQuery('views', `object = "${object.name}" and (owner = me() or shared in ("team", "all"))`, views_max, 'name'),
  staleTime: 60_000,
});

export const defaultViewQuery = (object: ObjectDef) => ({
  ...fewQuery('preferences', `owner = me() and name = "${defaultPreference(object)}"`, 1),
  staleTime: 60_000,
});

type Asked = { client: QueryClient; catalogue: Catalogue; object: ObjectDef; search: ViewSearch };

// `at`: what follows the object in the address – nothing for its list, `board`, or a record.
export function askRecords({ at, ...asked }: Asked & { at: string | undefined }) {
  if (!asked.object.rights.read) return;
  if (at === undefined) askList(asked);
  else if (at === 'board') askBoard(asked);
  else if (/^\d+$/.test(at)) askRecord(asked, at);
}

// What the address shows. Nothing where a saved view decides: that one is still to come.
function stateOf(object: ObjectDef, search: ViewSearch, named: string | undefined): ViewState | undefined {
  const view = (object.views ?? []).find((one) => one.key === named);
  if (named && named !== all_rows && !view) return undefined;
  return viewState(object, readNone(search), view && systemView(view).defaults);
}

function askViews({ client, catalogue, object }: Asked) {
  const mayRead = (plural: string) => !!catalogue.plural(plural)?.rights.read;
  if (mayRead('views')) void client.prefetchQuery(viewsQuery(object));
  if (mayRead('preferences')) void client.prefetchQuery(defaultViewQuery(object));
}

function askList(asked: Asked) {
  const { client, catalogue, object, search } = asked;
  const isKnown = client.getQueryData(defaultViewQuery(object).queryKey) !== undefined;
  askViews(asked);
  // The page is soon there and knows which view it opens.
  if (isKnown) return;
  const state = stateOf(object, search, isBare(search) ? object.opens : search.view);
  if (!state) return;
  const { filter, sort, q } = state;
  const columns = columnsOf(catalogue, object, withName(object, state.columns));
  const group = groupable(catalogue, object, state.group);
  const summed = summedOf(columns, state.totals);
  if (group) void client.prefetchQuery(groupsQuery(object, group, { filter, q }, summed));
  else void client.prefetchQuery(pageQuery(object.plural, { sort, q, fields: fieldsOf(columns), filter }, 0));
  if (summed.length > 0) void client.prefetchQuery(totalsQuery(object, { filter, q }, summed));
}

function askBoard(asked: Asked) {
  const { client, object, search } = asked;
  askViews(asked);
  const state = object.staged ? stateOf(object, search, search.view) : undefined;
  if (state) void client.prefetchQuery(boardQuery(object, boardAsk(object, state, state.q)));
}

function askRecord({ client, object }: Asked, id: string) {
  void client.prefetchQuery(recordQuery(object.plural, id));
  void client.prefetchInfiniteQuery(timelineQuery(object.plural, id));
  if (object.staged) void client.prefetchQuery(processQuery(object.plural, id));
}
