// Saving one cell, with the way back; when somebody was faster (412) both values are shown to choose from.
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { fieldErrors, isProblem, sentence } from '../../api/problem.ts';
import { changeRecord, putRecord } from '../../api/records.ts';
import type { Field, ObjectDef, RecordData, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { useRefresh, useTell } from '../use-refresh.ts';
import { valueText } from './value-text.ts';
import { same, toWire } from './wire.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx').then((room) => ({ default: room.ConflictDialog })));

const said = (field: Field, record: RecordData): string =>
  t('records.changed_to', {
    field: pick(field.label),
    value: shortened(valueText(field, record[field.name]) || t('records.not_filled')),
  });
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

type Clash = { record: RecordData; field: Field; mine: Value };

export function useCommit(object: ObjectDef): {
  // '' when it is settled, else why it was refused.
  commit: (record: RecordData, field: Field, value: Value) => Promise<string>;
  conflict: ReactNode;
} {
  const client = useQueryClient();
  const refresh = useRefresh(object);
  const tell = useTell(object);
  const [clash, setClash] = useState<Clash | null>(null);
  const commit = async (record: RecordData, field: Field, value: Value): Promise<string> => {
    try {
      const body = { [field.name]: toWire(field, value) };
      const next = await changeRecord(object.plural, record.id, record.version, body);
      refresh(next);
      if (!same(field, record[field.name] ?? null, next[field.name] ?? null))
        tell(said(field, next), { fields: [field] }, record, next);
      return '';
    } catch (error) {
      if (isProblem(error, 412) && error.problem.current) {
        putRecord(client, object.plural, error.problem.current);
        setClash({ record: error.problem.current, field, mine: value });
        return '';
      }
      const { fields } = fieldErrors(error);
      return fields[field.name] ?? sentence(error);
    }
  };
  const conflict = clash ? (
    <Suspense fallback={null}>
      <ConflictDialog
        field={clash.field}
        theirs={clash.record[clash.field.name] ?? null}
        mine={clash.mine}
        by={clash.record.updated_by?.name}
        onTheirs={() => setClash(null)}
        onMine={() => {
          const { record, field, mine } = clash;
          setClash(null);
          void commit(record, field, mine).then((refused) => refused && toast(refused, 'bad'));
        }}
      />
    </Suspense>
  ) : null;
  return { commit, conflict };
}
