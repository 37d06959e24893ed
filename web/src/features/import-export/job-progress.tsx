// How far a job is, in rows, and how fast; it may be stopped.
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import type { Job } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { cancelJob } from './import-api.ts';
import styles from './import.module.css';

export function JobProgress({ job, label }: { job: Job; label: string }) {
  const [isCancelling, setCancelling] = useState(false);
  const { done = 0, total = null } = job.progress ?? {};
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
        <span className={styles.push} />
        <Button compact isDisabled={isCancelling} onPress={cancel}>
          {isCancelling ? t('import.cancelling') : t('import.cancel')}
        </Button>
      </div>
    </div>
  );
}
