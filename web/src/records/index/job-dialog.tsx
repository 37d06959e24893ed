// A job in sight until it ends. Closing the dialog does not stop the job.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ended, jobQuery, cancelJob } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import type { Job } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { toast } from '../../ui/toast/toast.tsx';

type Props = {
  title: string;
  job: string;
  onClose: () => void;
  onDone: (job: Job) => void;
  // Where what was done before a job stopped or failed can be taken back; without it the dialog says that it did.
  onStopped?: (job: Job) => void;
};

export function JobDialog({ title, job: id, onClose, onDone, onStopped }: Props) {
  const { data: job } = useQuery(jobQuery(id));
  const told = useRef(false);
  useEffect(() => {
    const tell = job?.state === 'done' ? onDone : onStopped;
    if (!job || !ended(job) || told.current || !tell) return;
    told.current = true;
    tell(job);
  }, [job, onDone, onStopped]);
  const { done = 0, total = null } = job?.progress ?? {};
  const failed = job?.state === 'failed' || job?.state === 'cancelled';
  const [stopping, setStopping] = useState(false);
  const stop = () => {
    setStopping(true);
    cancelJob(id).catch((error: unknown) => {
      setStopping(false);
      toast(sentence(error), 'bad');
    });
  };
  return (
    <Dialog
      size="small"
      title={title}
      onClose={onClose}
      footer={
        <>
          {failed ? null : (
            <Button look="quiet" isDisabled={stopping} onPress={stop}>
              {t(stopping ? 'records.job.stopping' : 'records.job.stop')}
            </Button>
          )}
          <Button onPress={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      {failed ? (
        <Notice tone={job?.state === 'failed' ? 'bad' : 'warn'}>
          {job?.state === 'cancelled'
            ? t('records.job.stopped', { done: count(done) })
            : (job?.problem?.title ?? t('records.job.failed'))}
        </Notice>
      ) : (
        <>
          <Progress label={title} value={total ? done / total : null} />
          <p>
            {total ? t('records.job.progress', { done: count(done), total: count(total) }) : t('records.job.running')}
          </p>
          <p>{t('records.job.close_help')}</p>
        </>
      )}
    </Dialog>
  );
}
