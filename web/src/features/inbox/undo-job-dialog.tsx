import { useQueryClient } from '@tanstack/react-query';
import { beginUndo } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Job } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { FormDialog } from '../../records/form/form-dialog.tsx';
import { useSend } from '../../records/form/use-send.ts';
import { toast } from '../../ui/toast/toast.tsx';

export function UndoJobDialog({ job, title, onClose }: { job: Job; title: string; onClose: () => void }) {
  const client = useQueryClient();
  const { send, busy, refusal } = useSend();
  const submit = async () => {
    await beginUndo(job.id);
    toast(t('jobs.undo_begun'), 'good');
    void client.invalidateQueries({ queryKey: keys.jobs });
    onClose();
  };
  return (
    <FormDialog
      size="small"
      title={t('jobs.undo_title', { job: title })}
      refusals={refusal ? [sentence(refusal)] : []}
      deed={t('jobs.undo')}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(submit)}
    >
      <p>{t('jobs.undo_help')}</p>
    </FormDialog>
  );
}
