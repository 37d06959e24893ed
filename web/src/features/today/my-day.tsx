// A rep's day: whom to call, what is due, what stands still, who grows cold. All of it is asked in one round.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { askQuery } from '../../api/query.ts';
import { dayQueries } from './ahead.ts';
import { CallsPanel } from './calls.tsx';
import { CoolingPanel } from './cooling.tsx';
import { any_deal } from './formulas.ts';
import { FirstSteps } from './first-steps.tsx';
import type { Asking } from './log-dialog.tsx';
import { Placeholder, Refused } from './panel.tsx';
import { StalledPanel } from './stalled.tsx';
import { TasksPanel } from './tasks.tsx';
import { bestCalls, type Days, stalledDeals } from './today-model.ts';
import { t } from '../../i18n/i18n.ts';
import styles from './today.module.css';
import { Welcome } from './welcome.tsx';

const LogDialog = lazy(() => import('./log-dialog.tsx').then((room) => ({ default: room.LogDialog })));

export function useMyDay() {
  const { deals, leads, tasks, cooling } = dayQueries(useCatalogue());
  return { deals: useQuery(deals), leads: useQuery(leads), tasks: useQuery(tasks), cooling: useQuery(cooling) };
}

export function MyDay({
  days,
  asking,
  setAsking,
}: {
  days: Days;
  asking: Asking | null;
  setAsking: (asking: Asking | null) => void;
}) {
  const { deals, leads, tasks, cooling } = useMyDay();
  const failed = [deals, leads, tasks, cooling].find((one) => one.isError);
  const ready = [deals, leads].every((one) => one.data || one.fetchStatus === 'idle');
  const none = [deals, leads, tasks, cooling].every((one) => one.data?.rows.length === 0);
  const calls = bestCalls(deals.data?.rows ?? [], leads.data?.rows ?? [], days.today);
  // A quiet day is no first day.
  const seen = useQuery({ ...askQuery(any_deal, ['deal']), enabled: none });
  const log = asking ? (
    <Suspense fallback={null}>
      <LogDialog {...asking} days={days} onClose={() => setAsking(null)} />
    </Suspense>
  ) : null;
  if (none && seen.isPending) return null;
  if (none && seen.data?.rows.length === 0)
    return (
      <>
        <Welcome />
        {log}
      </>
    );
  return (
    <>
      {failed ? <Refused say={sentence(failed.error)} /> : null}
      <div className={styles.columns}>
        <div className={styles.column}>
          {ready ? <CallsPanel calls={calls} ask={setAsking} /> : <Placeholder title={t('today.calls')} lines={12} />}
          {deals.data ? (
            <StalledPanel deals={stalledDeals(deals.data.rows, days.today)} today={days.today} />
          ) : (
            <Placeholder title={t('today.stalled')} lines={4} />
          )}
        </div>
        <div className={styles.column}>
          {tasks.data ? (
            <TasksPanel tasks={tasks.data.rows} days={days} ask={setAsking} />
          ) : (
            <Placeholder title={t('today.tasks')} lines={8} />
          )}
          {cooling.data ? (
            <CoolingPanel
              accounts={cooling.data.rows}
              more={cooling.data.truncated}
              today={days.today}
              ask={setAsking}
            />
          ) : (
            <Placeholder title={t('today.cooling')} lines={4} />
          )}
          <FirstSteps />
        </div>
      </div>
      {log}
    </>
  );
}
