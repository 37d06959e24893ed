// The run itself: watched from any visit of the page, stopped, and at its end counted.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ended, jobQuery } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { importQuery, importsKey } from './import-api.ts';
import { canUndo } from './import-model.ts';
import styles from './import.module.css';
import { JobProgress } from './job-progress.tsx';
import { Outcome } from './outcome.tsx';
import { Step } from './step.tsx';
import { UndoDialog } from './undo-dialog.tsx';

type Props = { job: string; onNew: () => void; onAgain: (plan: string) => void };

export function RunStep({ job: id, onNew, onAgain }: Props) {
  const client = useQueryClient();
  const [undoing, setUndoing] = useState(false);
  const { data: job, error } = useQuery(jobQuery(id));
  const isOver = ended(job);
  // Also what was stopped or failed half way has written something.
  const past = useQuery({ ...importQuery(id), enabled: isOver });
  useEffect(() => {
    if (!isOver) return;
    void client.invalidateQueries({ queryKey: importsKey });
    void client.invalidateQueries({ queryKey: ['records'] });
  }, [client, isOver]);
  const result = past.data;
  const title = isOver ? t('import.result') : t('import.running');
  const offersUndo = !!result && canUndo(result);
  return (
    <Step title={result?.name ? `${title} · ${result.name}` : title}>
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {job && !isOver ? (
        <>
          <JobProgress job={job} label={t('import.running')} />
          <p className={styles.about}>{t('import.leave_help')}</p>
        </>
      ) : null}
      {job?.state === 'done' ? <Notice tone="good">{t('import.done')}</Notice> : null}
      {job?.state === 'cancelled' ? <Notice tone="warn">{t('import.cancelled')}</Notice> : null}
      {job?.state === 'failed' ? (
        <Notice tone="bad">
          {job.problem ? t('import.failed_why', { say: job.problem.title }) : t('import.failed')}
        </Notice>
      ) : null}
      {result ? <Outcome result={result} job={id} past={result} /> : isOver && past.isPending ? <Skeleton /> : null}
      {isOver || error ? (
        <div className={styles.line}>
          <Button look="primary" onPress={onNew}>
            {t('import.new')}
          </Button>
          {result?.plan ? (
            <Button onPress={() => result.plan && onAgain(result.plan)}>{t('import.again')}</Button>
          ) : null}
          {offersUndo ? <Button onPress={() => setUndoing(true)}>{t('import.undo')}</Button> : null}
          {result?.undo ? <span className={styles.about}>{t('import.undone')}</span> : null}
        </div>
      ) : null}
      {undoing && result ? <UndoDialog import={result} onClose={() => setUndoing(false)} /> : null}
    </Step>
  );
}
