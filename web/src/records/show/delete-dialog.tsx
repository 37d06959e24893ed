import { useQueryClient } from '@tanstack/react-query';
import { sentence } from '../../api/problem.ts';
import { act, deleteRecord } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t, within } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';
import { AskDialog } from '../form/ask-dialog.tsx';

type Props = { object: ObjectDef; record: RecordData; onClose: () => void; onDone: () => void };

export function DeleteDialog({ object, record, onClose, onDone }: Props) {
  const client = useQueryClient();
  const restore = () =>
    act(object.plural, record.id, 'restore', {}).then(
      () => {
        void client.invalidateQueries({ queryKey: keys.object(object.plural) });
        toast(t('records.undo.done'), 'good');
      },
      (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
    );
  const remove = async () => {
    await deleteRecord(object.plural, record.id, record.version);
    toast(t('records.deleted', { name: nameOf(object, record) }), 'plain', {
      label: t('common.undo'),
      run: () => void restore(),
    });
    void client.invalidateQueries({ queryKey: keys.lists(object.plural) });
    onDone();
  };
  return (
    <AskDialog
      title={t('records.delete_title', { object: within(object.label) })}
      deed={t('common.delete')}
      look="danger"
      onClose={onClose}
      onSend={remove}
    >
      <p>{t('records.delete_help', { name: nameOf(object, record) })}</p>
    </AskDialog>
  );
}
