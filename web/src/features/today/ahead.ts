// What the page asks, all of it in one round; asked while its code is still on the way.
import type { QueryClient } from '@tanstack/react-query';
import type { Catalogue } from '../../api/describe.ts';
import { askQuery } from '../../api/query.ts';
import type { ObjectDef, Reference, Session } from '../../api/types.ts';
import type { CoolingFacts } from './cooling.tsx';
import { cooling_ask, days_ask, dealsAsk, leadsAsk, people_ask, tasksAsk } from './formulas.ts';
import {
  type MovedFacts,
  type MoveTotals,
  movedRowsAsk,
  movesAsk,
  type OverdueFacts,
  type OwnerFacts,
  type StageFacts,
  stagesAsk,
  type TalkedFacts,
  team_overdue_ask,
  team_talked_ask,
  teamDealsAsk,
} from './team-model.ts';
import type { DayRow, DealFacts, LeadFacts, TaskFacts } from './today-model.ts';

const nothing = { from: '' };
export const daysQuery = { ...askQuery<DayRow>(days_ask, []), staleTime: 60_000 };
export const peopleQuery = askQuery<{ id: Reference }>(people_ask, ['member']);

// A rep's day. What the member may not read is not asked.
export function dayQueries(catalogue: Catalogue) {
  const readable = (name: string) => {
    const object = catalogue.object(name);
    return object?.rights.read ? object : undefined;
  };
  const [deal, lead, activity, account] = ['deal', 'lead', 'activity', 'account'].map(readable);
  return {
    deals: {
      ...askQuery<DealFacts>(deal ? dealsAsk(deal, readable('contact'), account) : nothing, ['deal', 'activity']),
      enabled: !!deal,
    },
    leads: { ...askQuery<LeadFacts>(lead ? leadsAsk(lead) : nothing, ['lead', 'activity']), enabled: !!lead },
    tasks: { ...askQuery<TaskFacts>(activity ? tasksAsk(activity) : nothing, ['activity']), enabled: !!activity },
    cooling: {
      ...askQuery<CoolingFacts>(cooling_ask, ['account', 'activity', 'deal']),
      enabled: !!account && !!activity && !!deal,
    },
  };
}

// A manager's.
export function teamQueries(deal: ObjectDef) {
  const moving = ['deal', 'passage'];
  return {
    deals: askQuery<OwnerFacts>(teamDealsAsk(deal), ['deal']),
    late: askQuery<OverdueFacts>(team_overdue_ask, ['activity']),
    talked: askQuery<TalkedFacts>(team_talked_ask, ['activity']),
    stages: askQuery<StageFacts>(stagesAsk(deal), ['deal']),
    moves: askQuery<MoveTotals>(movesAsk(deal), moving),
    moved: askQuery<MovedFacts>(movedRowsAsk(deal), moving),
  };
}

// Whether this member had people when the page was last open; else a guess by role. The answer corrects it.
export const rememberedTeam = (member: string) => `shangdao.today.team.${member}`;
export function guessTeam({ id, roles }: Session['member']): boolean {
  const before = localStorage.getItem(rememberedTeam(id));
  return before ? before === 'yes' : roles.some((role) => role !== 'rep');
}

type Asked = { client: QueryClient; catalogue: Catalogue; session: Session; view: string | undefined };

export function askToday({ client, catalogue, session, view }: Asked) {
  const ask = <Row>({ enabled = true, ...one }: ReturnType<typeof askQuery<Row>>) =>
    void (enabled && client.prefetchQuery(one));
  const askDay = () => {
    const { deals, leads, tasks, cooling } = dayQueries(catalogue);
    ask(deals);
    ask(leads);
    ask(tasks);
    ask(cooling);
  };
  const askTeam = () => {
    const deal = catalogue.object('deal');
    if (!deal?.rights.read) return;
    const { deals, late, talked, stages, moves, moved } = teamQueries(deal);
    ask(deals);
    ask(late);
    ask(talked);
    ask(stages);
    ask(moves);
    ask(moved);
  };
  const askFor = (team: boolean) => (team && view !== 'me' ? askTeam() : askDay());
  const guess = guessTeam(session.member);
  askFor(guess);
  void client.prefetchQuery(daysQuery);
  const known = client.fetchQuery(peopleQuery).then(({ rows }) => rows.length > 0);
  void known.then((team) => team !== guess && askFor(team)).catch(() => {});
}
