// "Two things are missing": each unmet item of a gate with the field to fill right here, then the same verb again.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import { type ApiProblem, fieldErrors, isProblem } from '../../api/problem.ts';
import { changeRecord, type Fields, processQuery } from '../../api/records.ts';
import type { ObjectDef, ProblemItem, RecordData, Value, Verb } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { fieldsToWire } from '../fields/wire.ts';
import form from '../form/form.module.css';
import { CheckMark } from './check-mark.tsx';
import styles from './gate.module.css';
import { useRefresh } from '../use-refresh.ts';
import { useAct } from './use-act.ts';

const AskException = lazy(() =>
  import('../approval/ask-exception.tsx').then((room) => ({ default: room.AskException })),
);
// Moves that somebody may let pass a gate.
const excepted = new Set(['advance', 'win']);

type Props = {
  object: ObjectDef;
  record: RecordData;
  verb: Verb;
  body: Fields;
  refusal: ApiProblem;
  onClose: () => void;
  onDone: () => void;
};

const sayOf = (item: ProblemItem): string => String(item.args?.say ?? item.say ?? '');

export function GateDialog(props: Props) {
  const { object, verb, body, onClose, onDone } = props;
  const act = useAct(object);
  const refresh = useRefresh(object);
  const [record, setRecord] = useState(props.record);
  const [items, setItems] = useState(props.refusal.items.filter((item) => item.code === 'gate_unmet'));
  const [draft, setDraft] = useState<{ [name: string]: Value }>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const exception = useQuery({ ...processQuery(object.plural, props.record.id), enabled: excepted.has(verb.name) }).data
    ?.exception;
  const deciders = items.some((item) => item.args?.strength === 'block') ? (exception?.deciders ?? []) : [];
  const { fields: errors, rest } = fieldErrors(refusal);
  const fillable = items.flatMap((item) => fieldOf(object, item.field ?? '') ?? []);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      let current = record;
      const change = fieldsToWire(fillable, draft);
      if (Object.keys(change).length > 0) {
        current = await changeRecord(object.plural, record.id, record.version, change);
        setRecord(current);
        setDraft({});
        refresh(current);
      }
      await act(current, verb, body);
      onDone();
    } catch (error) {
      const still = isProblem(error) ? error.items.filter((item) => item.code === 'gate_unmet') : [];
      if (still.length > 0) setItems(still);
      else {
        if (isProblem(error, 412) && error.problem.current) setRecord(error.problem.current);
        setRefusal(error);
      }
      setBusy(false);
    }
  };
  if (isAsking)
    return (
      <Suspense fallback={null}>
        <AskException object={object} record={record} verb={verb} body={body} deciders={deciders} onClose={onClose} />
      </Suspense>
    );
  return (
    <Dialog
      title={t('records.gate.missing', { count: items.length })}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          {exception?.asked || deciders.length === 0 ? null : (
            <span className={form.other}>
              <Button onPress={() => setAsking(true)}>{t('records.gate.ask_exception')}</Button>
            </span>
          )}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={busy}>
            {fillable.length > 0 ? t('records.gate.fill_and_pass') : t('records.gate.try_again')}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        <p>{t('records.gate.help')}</p>
        {exception?.asked ? (
          <Notice tone="warn">{t('records.gate.exception_asked', { name: exception.asked.asked_of.name })}</Notice>
        ) : null}
        {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
        <ul className={styles.list}>
          {items.map((item, at) => {
            const field = fieldOf(object, item.field ?? '');
            return (
              <li key={`${item.args?.key ?? item.field ?? at}`} className={styles.item}>
                <CheckMark met={false} strength={item.args?.strength === 'warn' ? 'warn' : 'block'} />
                <div className={styles.text}>
                  {sayOf(item)}
                  {field ? (
                    <FieldEditor
                      field={field}
                      value={field.name in draft ? draft[field.name] : (record[field.name] ?? null)}
                      error={errors[field.name]}
                      autoFocus={at === 0}
                      onChange={(value) => setDraft((old) => ({ ...old, [field.name]: value }))}
                    />
                  ) : null}
                </div>
              </li>
            );
          })}
        </ul>
      </div>
    </Dialog>
  );
}
