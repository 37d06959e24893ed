// Brings a record back from the bin, says so, leads to it, and offers to put it back there.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { act, deleteRecord } from '../../api/records.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';

export function useRestore(object: ObjectDef): (record: RecordData) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.object(object.plural) });
    void client.invalidateQueries({ queryKey: ['query'] });
  };
  const remove = async (record: RecordData) => {
    try {
      await deleteRecord(object.plural, record.id, record.version);
      toast(t('records.undo.done'), 'good');
    } catch (error) {
      toast(t('records.undo.refused', { say: sentence(error) }), 'bad');
    }
    refresh();
  };
  return async (record) => {
    try {
      const back = await act(object.plural, record.id, 'restore', {});
      toast(
        t('bin.restored', { name: nameOf(object, record) }),
        'good',
        { label: t('common.undo'), run: () => void remove(back) },
        { label: t('bin.open'), run: () => void navigate({ to: `/${object.plural}/${record.id}` }) },
      );
    } catch (error) {
      toast(sentence(error), 'bad');
    }
    refresh();
  };
}
