// Runs a verb and lets everything that shows the record know.
import { useQueryClient } from '@tanstack/react-query';
import { act, type Fields, putRecord } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';

export function useRefresh(object: ObjectDef) {
  const client = useQueryClient();
  return (record: RecordData) => {
    putRecord(client, object.plural, record);
    void client.invalidateQueries({ queryKey: keys.process(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.lists(object.plural), refetchType: 'none' });
  };
}

export function useAct(object: ObjectDef) {
  const refresh = useRefresh(object);
  return async (record: RecordData, verb: string, body: Fields): Promise<RecordData> => {
    const next = await act(object.plural, record.id, verb, body);
    refresh(next);
    return next;
  };
}
