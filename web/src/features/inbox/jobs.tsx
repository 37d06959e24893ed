// 任务中心: this member's long work, running and past: how far, how fast, what came of it, and the way back while there is one.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { cancelJob, ended, jobFile, myJobsQuery } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Job } from '../../api/types.ts';
import { count, instant, list, span, when } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Progress } from '../../ui/progress/progress.tsx';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './inbox.module.css';
import { canCancel, hasFile, kindOf, paceOf, resultOf } from './job-model.ts';
import { UndoJobDialog } from './undo-job-dialog.tsx';

const tones: { [state in Job['state']]: TagTone } = {
  waiting: 'plain',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

export function Jobs({ onGo }: { onGo?: () => void }) {
  const asked = useInfiniteQuery(myJobsQuery);
  if (asked.isError) return <Notice tone="bad">{sentence(asked.error)}</Notice>;
  if (!asked.data) return <Skeleton lines={6} />;
  const jobs = asked.data.pages.flatMap((page) => page.data);
  if (jobs.length === 0) return <Empty title={t('jobs.empty')}>{t('jobs.empty_help')}</Empty>;
  return (
    <>
      <ul className={styles.jobs}>
        {jobs.map((job) => (
          <JobLine key={job.id} job={job} onGo={onGo} />
        ))}
      </ul>
      {asked.hasNextPage ? (
        <Button isDisabled={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('jobs.more')}
        </Button>
      ) : null}
    </>
  );
}

function JobLine({ job, onGo }: { job: Job; onGo?: () => void }) {
  const catalogue = useCatalogue();
  const title = t(kindOf(job.kind, job.about));
  const about = job.about?.files
    ? list(job.about.files)
    : pick(catalogue.plural(job.about?.plural ?? '')?.plural_label);
  return (
    <li className={styles.job}>
      <div className={styles.jobHead}>
        <strong className={styles.jobName}>
          {title}
          {about ? ` · ${about}` : ''}
        </strong>
        <Tag tone={tones[job.state]}>{t(`jobs.state.${job.state}`)}</Tag>
        <time dateTime={job.created_at} className={styles.at}>
          {when(job.created_at)}
        </time>
      </div>
      {ended(job) ? <Ended job={job} title={title} onGo={onGo} /> : <Running job={job} title={title} />}
    </li>
  );
}

function Running({ job, title }: { job: Job; title: string }) {
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const seen = client.getQueryState(keys.jobs)?.dataUpdatedAt ?? 0;
  const { done = 0, total = null } = job.progress ?? {};
  const pace = paceOf(job, seen);
  const cancel = () => {
    setCancelling(true);
    cancelJob(job.id).then(
      () => void client.invalidateQueries({ queryKey: keys.jobs }),
      (error: unknown) => {
        setCancelling(false);
        toast(sentence(error), 'bad');
      },
    );
  };
  return (
    <>
      <Progress label={title} value={total ? Math.min(1, done / total) : null} />
      <div className={styles.jobFoot}>
        <span>
          {total
            ? t('jobs.progress', { done: count(done), total: count(total) })
            : done > 0
              ? t('jobs.progress_open', { done: count(done) })
              : ''}
          {pace ? ` · ${t('jobs.rate', { rate: count(Math.max(1, Math.round(pace.rate))) })}` : ''}
          {pace?.seconds ? ` · ${t('jobs.left', { time: span(pace.seconds) })}` : ''}
        </span>
        {canCancel(job) ? (
          <Button compact isDisabled={cancelling} onPress={cancel}>
            {cancelling ? t('jobs.cancelling') : t('jobs.cancel')}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function Ended({ job, title, onGo }: { job: Job; title: string; onGo?: () => void }) {
  const [undoing, setUndoing] = useState(false);
  const [now] = useState(Date.now);
  const file = hasFile(job, now);
  const done = job.state === 'cancelled' ? (job.progress?.done ?? 0) : 0;
  const figures = resultOf(job).map((one) => t(`jobs.result.${one.figure}`, { count: count(one.count) }));
  const said = job.problem?.title ?? (done > 0 ? t('jobs.stopped_at', { done: count(done) }) : list(figures));
  return (
    <div className={styles.jobFoot}>
      <span>{said}</span>
      {job.undo_until ? (
        <span className={styles.at}>{t('jobs.undo_until', { at: instant(job.undo_until) })}</span>
      ) : null}
      {file === 'yes' ? (
        <a href={jobFile(job.id)} download className={styles.deed}>
          {t('jobs.download')}
        </a>
      ) : file === 'gone' ? (
        <span className={styles.at}>{t('jobs.file_gone')}</span>
      ) : null}
      {job.kind === 'import' && !job.about?.dry_run ? (
        <Link to="/import" className={styles.deed} onClick={onGo}>
          {t('jobs.open_import')}
        </Link>
      ) : null}
      {job.undo_until ? (
        <Button compact onPress={() => setUndoing(true)}>
          {t('jobs.undo')}
        </Button>
      ) : null}
      {undoing ? <UndoJobDialog job={job} title={title} onClose={() => setUndoing(false)} /> : null}
    </div>
  );
}
