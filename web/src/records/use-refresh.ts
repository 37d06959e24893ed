// Lets everything that shows a record know what became of it, and offers the way back.
import { useQueryClient } from '@tanstack/react-query';
import { sentence } from '../api/problem.ts';
import { askAgain } from '../api/query.ts';
import { keys } from '../api/query-keys.ts';
import { putRecord } from '../api/records.ts';
import type { ObjectDef, RecordData } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast/toast.tsx';
import { goBack, type WayBack } from './way-back.ts';

export function useRefresh(object: ObjectDef) {
  const client = useQueryClient();
  return (record: RecordData) => {
    putRecord(client, object.plural, record);
    void client.invalidateQueries({ queryKey: keys.process(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.lock(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.lists(object.plural), refetchType: 'none' });
    void askAgain(client, new Set([object.name]));
  };
}

// Says what was done; with a way back, the way back too.
export function useTell(object: ObjectDef) {
  const refresh = useRefresh(object);
  return (text: string, way: WayBack | null, before: RecordData, after: RecordData) => {
    if (!way) return void toast(text, 'good');
    const run = () =>
      goBack(object, way, before, after).then(
        (record) => {
          refresh(record);
          toast(t('records.undo.done'), 'good');
        },
        (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
      );
    toast(text, 'good', { label: t('common.undo'), run: () => void run() });
  };
}
