// What the shell does once the first picture stands: it follows this member's long work wherever they are, says when a job ended
// that nobody was looking at, takes over how they want it to look, asks who they are where security asks for it, and fetches what opens over a
// page before it is opened.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { onQueued } from '../../api/client.ts';
import { awaited, ended, myJobsQuery } from '../../api/jobs.ts';
import { preferencesQuery, setPreferences } from '../../api/preferences.ts';
import { keys } from '../../api/query-keys.ts';
import type { Id, Job } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { kindOf } from '../../features/inbox/job-model.ts';
import { whenIdle } from '../../lib/idle.ts';
import { chooseDensity, chooseTheme, onTheme, savedTheme } from '../../lib/theme.ts';
import { fetchMenu } from '../../ui/menu/menu.tsx';
import { fetchPopover } from '../../ui/popover/popover.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { ProofAsker } from './proof-asker.tsx';

export function Background() {
  useJobWatch();
  useOwnLook();
  useEffect(() => whenIdle(fetchOver), []);
  return <ProofAsker />;
}

function fetchOver() {
  fetchMenu();
  fetchPopover();
}

function useOwnLook() {
  const client = useQueryClient();
  const wish = useQuery(preferencesQuery).data;
  useEffect(() => {
    if (!wish) return;
    chooseTheme(wish.theme);
    chooseDensity(wish.density);
  }, [wish]);
  // What is chosen here, by whatever way, is the member's choice everywhere.
  useEffect(
    () =>
      onTheme(() => {
        const theme = savedTheme();
        const known = client.getQueryData(preferencesQuery.queryKey);
        if (known && known.theme !== theme) void setPreferences(client, { theme }).catch(() => {});
      }),
    [client],
  );
}

function useJobWatch() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data } = useInfiniteQuery(myJobsQuery);
  const known = useRef<Set<Id> | null>(null);
  useEffect(() => onQueued(() => void client.invalidateQueries({ queryKey: keys.jobs })), [client]);
  useEffect(() => {
    const over = data?.pages[0]?.data.filter(ended);
    if (!over) return;
    const before = known.current;
    known.current = new Set([...(before ?? []), ...over.map((job) => job.id)]);
    if (!before) return;
    // A dialog that stood until the end has said it.
    const seen = (job: Job) => awaited.has(job.id) || ended(client.getQueryData<Job>(keys.job(job.id)));
    for (const job of over) {
      if (before.has(job.id) || job.state === 'cancelled' || seen(job)) continue;
      const text = t(job.state === 'done' ? 'inbox.say.job_done' : 'inbox.say.job_failed', {
        job: t(kindOf(job.kind, job.about)),
      });
      toast(text, job.state === 'done' ? 'good' : 'bad', undefined, {
        label: t('jobs.look'),
        run: () => void navigate({ to: '/notifications', search: { tab: 'jobs' } }),
      });
      void client.invalidateQueries({ queryKey: ['records'] });
    }
  }, [data, client, navigate]);
}
