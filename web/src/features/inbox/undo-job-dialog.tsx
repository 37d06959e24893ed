import { useQueryClient } from '@tanstack/react-query';
import { beginUndo } from '../../api/jobs.ts';
import { keys } from '../../api/query-keys.ts';
import type { Job } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { AskDialog } from '../../records/form/ask-dialog.tsx';
import { toast } from '../../ui/toast/toast.tsx';

export function UndoJobDialog({ job, title, onClose }: { job: Job; title: string; onClose: () => void }) {
  const client = useQueryClient();
  const submit = async () => {
    await beginUndo(job.id);
    toast(t('jobs.undo_begun'), 'good');
    void client.invalidateQueries({ queryKey: keys.jobs });
  };
  return (
    <AskDialog title={t('jobs.undo_title', { job: title })} deed={t('jobs.undo')} onClose={onClose} onSend={submit}>
      <p>{t('jobs.undo_help')}</p>
    </AskDialog>
  );
}
