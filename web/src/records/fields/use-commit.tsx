// Saving one cell: optimistic by way of the answer, and when somebody was faster (412) both values are shown to choose from.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { fieldErrors, isProblem, sentence } from '../../api/problem.ts';
import { changeRecord, putRecord } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { Field, ObjectDef, RecordData, Value } from '../../api/types.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { toWire } from './wire.ts';

type Clash = { record: RecordData; field: Field; mine: Value };

export function useCommit(object: ObjectDef): {
  commit: (record: RecordData, field: Field, value: Value) => Promise<boolean>;
  conflict: ReactNode;
} {
  const client = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const commit = async (record: RecordData, field: Field, value: Value): Promise<boolean> => {
    try {
      const body = { [field.name]: toWire(field, value) };
      putRecord(client, object.plural, await changeRecord(object.plural, record.id, record.version, body));
      void client.invalidateQueries({ queryKey: keys.process(object.plural, record.id) });
      void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
      return true;
    } catch (error) {
      if (isProblem(error, 412) && error.problem.current) {
        putRecord(client, object.plural, error.problem.current);
        setClash({ record: error.problem.current, field, mine: value });
        return true;
      }
      const { fields } = fieldErrors(error);
      toast(fields[field.name] ?? sentence(error), 'bad');
      return false;
    }
  };
  const conflict = clash ? (
    <ConflictDialog
      field={clash.field}
      theirs={clash.record[clash.field.name] ?? null}
      mine={clash.mine}
      by={clash.record.updated_by?.name}
      onTheirs={() => setClash(null)}
      onMine={() => {
        const { record, field, mine } = clash;
        setClash(null);
        void commit(record, field, mine);
      }}
    />
  ) : null;
  return { commit, conflict };
}
