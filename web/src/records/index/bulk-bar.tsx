// What can be done to many records at once: change a field, hand over, delete. Every one is tried first: the counts are
// shown before anything is written.
import { useState } from 'react';
import { canEdit } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { type BulkAsk, bulkRun, bulkTrial } from '../../api/records.ts';
import type { BulkAnswer, Field, Id, Job, ObjectDef, Value } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { toWire } from '../fields/wire.ts';
import form from '../form/form.module.css';
import styles from './bulk-bar.module.css';
import { useBulkEnd } from './bulk-end.ts';
import { JobDialog } from './job-dialog.tsx';

type Target = { filter: string; q: string } | { ids: Id[] };
type Kind = 'change' | 'hand_over' | 'delete';
type Props = {
  object: ObjectDef;
  selected: Set<Id>;
  total: number | undefined;
  filter: string;
  q: string;
  onClear: () => void;
};

export function BulkBar({ object, selected, total, filter, q, onClear }: Props) {
  const [everything, setEverything] = useState(false);
  const [kind, setKind] = useState<Kind | null>(null);
  const [job, setJob] = useState<Id | null>(null);
  const handOver = object.verbs.some((verb) => verb.name === 'hand_over');
  const target: Target = everything ? { filter, q } : { ids: [...selected] };
  const more = total !== undefined && total > selected.size;
  const end = useBulkEnd(object);
  const over = (ended: Job) => {
    setJob(null);
    onClear();
    end(ended);
  };
  return (
    <div role="toolbar" aria-label={t('bulk.title')} className={styles.bar}>
      <span className={styles.count}>
        {t('bulk.selected', { count: count(everything ? (total ?? 0) : selected.size) })}
      </span>
      {more && !everything ? (
        <Button look="quiet" compact onPress={() => setEverything(true)}>
          {t('bulk.select_all', { count: count(total) })}
        </Button>
      ) : null}
      <span className={styles.gap} />
      {object.rights.edit ? <Button onPress={() => setKind('change')}>{t('bulk.change')}</Button> : null}
      {handOver ? <Button onPress={() => setKind('hand_over')}>{t('bulk.hand_over')}</Button> : null}
      {object.rights.delete ? <Button onPress={() => setKind('delete')}>{t('common.delete')}</Button> : null}
      <Button look="quiet" onPress={onClear}>
        {t('bulk.clear')}
      </Button>
      {kind ? (
        <BulkDialog
          object={object}
          kind={kind}
          target={target}
          onClose={() => setKind(null)}
          onStarted={(id) => {
            setKind(null);
            setJob(id);
          }}
        />
      ) : null}
      {job ? (
        <JobDialog title={t('bulk.title')} job={job} onClose={() => setJob(null)} onDone={over} onStopped={over} />
      ) : null}
    </div>
  );
}

type DialogProps = { object: ObjectDef; kind: Kind; target: Target; onClose: () => void; onStarted: (job: Id) => void };

const titles = { change: 'bulk.change', hand_over: 'bulk.hand_over', delete: 'bulk.delete' } as const;

function BulkDialog({ object, kind, target, onClose, onStarted }: DialogProps) {
  const fields = object.fields.filter((field) => canEdit(object, field) && !field.unique);
  const owner = object.verbs.find((verb) => verb.name === 'hand_over')?.arguments[0];
  const [field, setField] = useState<Field | null>(kind === 'hand_over' ? (owner ?? null) : null);
  const [value, setValue] = useState<Value>(null);
  const [trial, setTrial] = useState<BulkAnswer | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const ask: BulkAsk = { ...target, ...deed(kind, field, value) };
  const ready = kind === 'delete' || (!!field && (kind === 'change' || value !== null));
  const run = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      if (trial) onStarted((await bulkRun(object.plural, ask)).job);
      else setTrial(await bulkTrial(object.plural, ask));
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const change = (next: Value) => {
    setValue(next);
    setTrial(null);
  };
  return (
    <Dialog
      size="small"
      title={t(titles[kind])}
      onClose={onClose}
      onSubmit={() => void run()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            look={trial && kind === 'delete' ? 'danger' : 'primary'}
            isDisabled={busy || !ready || trial?.would_change === 0}
          >
            {trial ? t('bulk.run', { count: count(trial.would_change) }) : t('bulk.try')}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {refusal ? <Notice tone="bad">{sentence(refusal)}</Notice> : null}
        {kind === 'change' ? (
          <Select
            label={t('bulk.field')}
            value={field?.name ?? null}
            onChange={(key) => {
              setField(fields.find((one) => one.name === key) ?? null);
              change(null);
            }}
            options={fields.map((one) => ({ key: one.name, label: pick(one.label) }))}
          />
        ) : null}
        {field ? (
          <FieldEditor
            key={field.name}
            field={field}
            value={value}
            onChange={change}
            isRequired={kind === 'hand_over'}
          />
        ) : null}
        {kind === 'delete' ? <p>{t('bulk.delete_help')}</p> : null}
        {trial ? <Trial answer={trial} /> : null}
      </div>
    </Dialog>
  );
}

function deed(kind: Kind, field: Field | null, value: Value): Partial<BulkAsk> {
  if (kind === 'delete') return { verb: { name: 'delete', arguments: {} } };
  if (!field) return {};
  const body = { [field.name]: toWire(field, value) };
  return kind === 'hand_over' ? { verb: { name: 'hand_over', arguments: body } } : { change: body };
}

function Trial({ answer }: { answer: BulkAnswer }) {
  return (
    <Notice tone={answer.refused.length > 0 ? 'warn' : 'info'}>
      <p>{t('bulk.trial', { matched: count(answer.matched), change: count(answer.would_change) })}</p>
      <ul>
        {answer.refused.map((one) => (
          <li key={one.code}>{t('bulk.refused', { count: count(one.count), say: one.say })}</li>
        ))}
      </ul>
    </Notice>
  );
}
