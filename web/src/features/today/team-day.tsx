// A manager's day: what moved, who needs a word, where the gaps are. Every number opens its rows.
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { askQuery } from '../../api/query.ts';
import { useSession } from '../../api/session.ts';
import type { ObjectDef, Reference } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { FirstSteps } from './first-steps.tsx';
import { GapsPanel } from './gaps.tsx';
import { MovedPanel, MoveFigures } from './moves.tsx';
import { Placeholder, Refused } from './panel.tsx';
import { PeoplePanel } from './people.tsx';
import {
  type MovedFacts,
  type MoveTotals,
  movedRowsAsk,
  movesAsk,
  type OverdueFacts,
  type OwnerFacts,
  peopleOf,
  type StageFacts,
  stagesAsk,
  type TalkedFacts,
  team_overdue_ask,
  team_talked_ask,
  teamDealsAsk,
} from './team-model.ts';
import type { Days } from './today-model.ts';
import styles from './today.module.css';

function useTeam(deal: ObjectDef) {
  const moving = ['deal', 'passage'];
  return {
    deals: useQuery(askQuery<OwnerFacts>(teamDealsAsk(deal), ['deal'])),
    late: useQuery(askQuery<OverdueFacts>(team_overdue_ask, ['activity'])),
    talked: useQuery(askQuery<TalkedFacts>(team_talked_ask, ['activity'])),
    stages: useQuery(askQuery<StageFacts>(stagesAsk(deal), ['deal'])),
    moves: useQuery(askQuery<MoveTotals>(movesAsk(deal), moving)),
    moved: useQuery(askQuery<MovedFacts>(movedRowsAsk(deal), moving)),
  };
}

export function TeamDay({ days, reports }: { days: Days; reports: Reference[] }) {
  const deal = useCatalogue().object('deal');
  return deal?.rights.read ? <Team deal={deal} days={days} reports={reports} /> : null;
}

function Team({ deal, days, reports }: { deal: ObjectDef; days: Days; reports: Reference[] }) {
  const me = useSession().member.id;
  const asked = useTeam(deal);
  const { deals, late, talked, stages, moves, moved } = asked;
  const failed = Object.values(asked).find((one) => one.isError);
  const people =
    deals.data && late.data && talked.data
      ? peopleOf(me, reports, deals.data.rows, late.data.rows, talked.data.rows)
      : null;
  return (
    <>
      {failed ? <Refused say={sentence(failed.error)} /> : null}
      <MoveFigures totals={moves.data?.rows[0]} days={days} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {people ? <PeoplePanel people={people} days={days} /> : <Placeholder title={t('today.people')} lines={12} />}
        </div>
        <div className={styles.column}>
          {stages.data && deals.data ? (
            <GapsPanel deal={deal} stages={stages.data.rows} owners={deals.data.rows} />
          ) : (
            <Placeholder title={t('today.gaps')} lines={8} />
          )}
          {moved.data ? (
            <MovedPanel deal={deal} moved={moved.data.rows} days={days} />
          ) : (
            <Placeholder title={t('today.moved')} lines={6} />
          )}
          <FirstSteps />
        </div>
      </div>
    </>
  );
}
