// Settings: the invented company in and out by one press, and how far that is.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { demoJobQuery, demoQuery } from '../../api/demo.ts';
import { cancelJob } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Job } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { DemoDialog } from './demo-dialog.tsx';
import styles from './demo.module.css';

export function DemoSection() {
  const client = useQueryClient();
  const demo = useQuery(demoQuery);
  const { data: job, isPending } = useQuery(demoJobQuery);
  const [open, setOpen] = useState(false);
  const running = useRef(false);
  useEffect(() => {
    // Its end changes everything that is shown anywhere.
    if (running.current && !job) void client.invalidateQueries();
    running.current = !!job;
  }, [client, job]);
  if (demo.isError) return <Notice tone="bad">{sentence(demo.error)}</Notice>;
  if (!demo.data || isPending) return <Skeleton lines={4} />;
  const deed = demo.data.present ? 'remove' : 'fill';
  return (
    <div className={styles.section}>
      <p>{t('demo.about')}</p>
      {job ? (
        <Running job={job} />
      ) : (
        <>
          <Notice tone={demo.data.present ? 'good' : 'info'}>
            {t(demo.data.present ? 'demo.present' : 'demo.absent')}
          </Notice>
          <div>
            <Button look={deed === 'fill' ? 'primary' : 'danger'} onPress={() => setOpen(true)}>
              {t(`demo.${deed}.do`)}
            </Button>
          </div>
        </>
      )}
      {open ? <DemoDialog deed={deed} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function Running({ job }: { job: Job }) {
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const { done = 0, total = null } = job.progress ?? {};
  const label = t(job.kind === 'demo_fill' ? 'demo.filling' : 'demo.removing');
  const cancel = () => {
    setCancelling(true);
    cancelJob(job.id).then(
      () => void client.invalidateQueries({ queryKey: keys.demo }),
      (error: unknown) => {
        setCancelling(false);
        toast(sentence(error), 'bad');
      },
    );
  };
  return (
    <>
      <Progress label={label} value={total ? Math.min(1, done / total) : null} />
      <div className={styles.line}>
        <span>{total ? t('demo.progress', { done: count(done), total: count(total) }) : label}</span>
        {job.kind === 'demo_fill' ? (
          <Button compact isDisabled={cancelling} onPress={cancel}>
            {t('common.cancel')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
