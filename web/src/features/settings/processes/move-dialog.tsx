// Open records going into the new version, as a job in sight: how far it is, what it could not take along, and the way back.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ended, jobQuery, undoJob } from '../../../api/jobs.ts';
import { sentence } from '../../../api/problem.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { Progress } from '../../../ui/progress/progress.tsx';
import { toast } from '../../../ui/toast/toast.tsx';

type Result = { changed: number; refused?: { code: string; count: number; say?: string }[]; undo?: boolean };

export function MoveDialog({ job: id, object, onClose }: { job: string; object: ObjectDef; onClose: () => void }) {
  const { data: job } = useQuery(jobQuery(id));
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const title = t('settings.process.moving', { object: pick(object.plural_label) });
  const isOver = ended(job);
  const result = job?.state === 'done' ? (job.result as Result | null | undefined) : null;
  const { done = 0, total = null } = job?.progress ?? {};
  const undo = async () => {
    setBusy(true);
    try {
      const { restored } = await undoJob(id);
      toast(t('settings.process.moved_back', { count: count(restored) }), 'good');
      onClose();
    } catch (error) {
      setRefused(sentence(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      size="small"
      title={title}
      onClose={onClose}
      footer={
        <>
          {result?.undo ? (
            <Button isDisabled={busy} onPress={() => void undo()}>
              {t('settings.process.move_undo')}
            </Button>
          ) : null}
          <Button look="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      {refused ? <Notice tone="bad">{refused}</Notice> : null}
      {isOver ? null : (
        <>
          <Progress label={title} value={total ? done / total : null} />
          <p>{t('settings.process.move_running')}</p>
        </>
      )}
      {result ? <Notice tone="good">{t('settings.process.moved', { count: count(result.changed) })}</Notice> : null}
      {result?.refused?.map((one) => (
        <p key={one.code}>
          {t('settings.process.move_refused', { count: count(one.count), say: one.say ?? one.code })}
        </p>
      ))}
      {isOver && !result ? (
        <Notice tone="bad">{job?.problem?.title ?? t('settings.process.move_stopped')}</Notice>
      ) : null}
    </Dialog>
  );
}
