import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { beginUndo } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Job } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';

export function UndoJobDialog({ job, title, onClose }: { job: Job; title: string; onClose: () => void }) {
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await beginUndo(job.id);
      toast(t('jobs.undo_begun'), 'good');
      void client.invalidateQueries({ queryKey: keys.jobs });
      onClose();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      size="small"
      title={t('jobs.undo_title', { job: title })}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {t('jobs.undo')}
          </Button>
        </>
      }
    >
      {refusal ? <Notice tone="bad">{sentence(refusal)}</Notice> : null}
      <p>{t('jobs.undo_help')}</p>
    </Dialog>
  );
}
