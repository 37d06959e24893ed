// How far a job is, in rows, and how fast; it may be stopped.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../api/query-keys.ts';
import { sentence } from '../../api/problem.ts';
import type { Job } from '../../api/types.ts';
import { count, span } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { cancelJob } from '../../api/jobs.ts';
import { pace, type Sight } from './import-model.ts';
import styles from './import.module.css';

const sights_max = 12;

export function JobProgress({ job, label }: { job: Job; label: string }) {
  const [isCancelling, setCancelling] = useState(false);
  const { done = 0, total = null } = job.progress ?? {};
  const client = useQueryClient();
  const [sights, setSights] = useState<Sight[]>([]);
  // What was seen lately tells the pace; the first seconds of an import say little of its end.
  if (job.state === 'running' && sights.at(-1)?.done !== done) {
    const at = client.getQueryState(keys.job(job.id))?.dataUpdatedAt ?? 0;
    setSights([...sights.slice(1 - sights_max), { at, done }]);
  }
  const speed = pace(sights, total);
  const cancel = () => {
    setCancelling(true);
    cancelJob(job.id).catch((error) => {
      setCancelling(false);
      toast(sentence(error), 'bad');
    });
  };
  return (
    <div className={styles.progress}>
      <Progress label={label} value={total ? Math.min(1, done / total) : null} />
      <div className={styles.line}>
        <span aria-live="polite">
          {total
            ? t('import.progress', { done: count(done), total: count(total) })
            : job.state === 'waiting'
              ? t('import.waiting')
              : label}
        </span>
        {speed ? (
          <span className={styles.about}>
            {t('import.rate', { rate: count(Math.round(speed.rate)) })}
            {speed.seconds === null ? null : ` · ${t('import.left', { time: span(speed.seconds) })}`}
          </span>
        ) : null}
        <span className={styles.push} />
        <Button compact isDisabled={isCancelling} onPress={cancel}>
          {isCancelling ? t('import.cancelling') : t('import.cancel')}
        </Button>
      </div>
    </div>
  );
}
