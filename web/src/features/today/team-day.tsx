// A manager's day: what moved, who needs a word, where the gaps are. Every number opens its rows.
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import type { ObjectDef, Reference } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { teamQueries } from './ahead.ts';
import { FirstSteps } from './first-steps.tsx';
import { GapsPanel } from './gaps.tsx';
import { MovedPanel, MoveFigures } from './moves.tsx';
import { Placeholder, Refused } from './panel.tsx';
import { PeoplePanel } from './people.tsx';
import { peopleOf } from './team-model.ts';
import type { Days } from './today-model.ts';
import styles from './today.module.css';

function useTeam(deal: ObjectDef) {
  const { deals, late, talked, stages, moves, moved } = teamQueries(deal);
  return {
    deals: useQuery(deals),
    late: useQuery(late),
    talked: useQuery(talked),
    stages: useQuery(stages),
    moves: useQuery(moves),
    moved: useQuery(moved),
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
