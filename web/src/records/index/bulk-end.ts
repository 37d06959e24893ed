// What is said when a bulk job has ended, was stopped or failed: how many, and the way back from what it did.
import { useQueryClient } from '@tanstack/react-query';
import { undoJob } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Id, Job, ObjectDef } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';

function outcomeOf(job: Job): { changed: number; refused: number } {
  const result = job.result as { changed?: number; refused?: { count: number }[] } | null | undefined;
  return {
    changed: result?.changed ?? 0,
    refused: (result?.refused ?? []).reduce((sum, one) => sum + one.count, 0),
  };
}

export function useBulkEnd(object: ObjectDef): (ended: Job) => void {
  const client = useQueryClient();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.object(object.plural) });
    void client.invalidateQueries({ queryKey: ['query'] });
  };
  const takeBack = async (id: Id) => {
    try {
      const { restored, removed, kept } = await undoJob(id);
      const said = { count: count(restored + removed), kept: count(kept) };
      toast(kept > 0 ? t('bulk.undone_some', said) : t('bulk.undone', said), kept > 0 ? 'plain' : 'good');
    } catch (error) {
      toast(t('records.undo.refused', { say: sentence(error) }), 'bad');
    }
    refresh();
  };
  return (ended) => {
    const { changed, refused } = outcomeOf(ended);
    const said = { changed: count(changed), refused: count(refused) };
    const way = ended.undo_until ? { label: t('common.undo'), run: () => void takeBack(ended.id) } : undefined;
    if (ended.state === 'done')
      toast(refused > 0 ? t('bulk.done_some', said) : t('bulk.done', said), refused > 0 ? 'plain' : 'good', way);
    else if (ended.state === 'cancelled')
      toast(t('bulk.stopped', { done: count(ended.progress?.done ?? 0) }), 'plain', way);
    else toast(ended.problem?.title ?? t('records.job.failed'), 'bad', way);
    refresh();
  };
}
