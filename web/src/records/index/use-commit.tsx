// Saving one cell: optimistic by way of the answer, and when somebody was faster (412) both values are shown to choose from.
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { fieldErrors, isProblem, sentence } from '../../api/problem.ts';
import { changeRecord, putRecord } from '../../api/records.ts';
import type { ObjectDef, RecordData, Value } from '../../api/types.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { ConflictDialog } from '../fields/conflict-dialog.tsx';
import { toWire } from '../fields/wire.ts';
import type { Column } from './grid.tsx';

type Clash = { record: RecordData; column: Column; mine: Value };

export function useCommit(object: ObjectDef): {
  commit: (record: RecordData, column: Column, value: Value) => Promise<boolean>;
  conflict: ReactNode;
} {
  const client = useQueryClient();
  const [clash, setClash] = useState<Clash | null>(null);
  const commit = async (record: RecordData, column: Column, value: Value): Promise<boolean> => {
    try {
      const body = { [column.path]: toWire(column.field, value) };
      putRecord(client, object.plural, await changeRecord(object.plural, record.id, record.version, body));
      return true;
    } catch (error) {
      if (isProblem(error, 412) && error.problem.current) {
        putRecord(client, object.plural, error.problem.current);
        setClash({ record: error.problem.current, column, mine: value });
        return true;
      }
      const { fields } = fieldErrors(error);
      toast(fields[column.path] ?? sentence(error), 'bad');
      return false;
    }
  };
  const conflict = clash ? (
    <ConflictDialog
      field={clash.column.field}
      theirs={clash.record[clash.column.path] ?? null}
      mine={clash.mine}
      by={clash.record.updated_by?.name}
      onTheirs={() => setClash(null)}
      onMine={() => {
        const { record, column, mine } = clash;
        setClash(null);
        void commit(record, column, mine);
      }}
    />
  ) : null;
  return { commit, conflict };
}
