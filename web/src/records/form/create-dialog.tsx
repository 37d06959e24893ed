// Creating a record: the fields of its layout, with a hint when a similar one exists.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { ApiProblem, fieldErrors, isProblem } from '../../api/problem.ts';
import { createRecord, duplicatesOf } from '../../api/records.ts';
import type { Field, ObjectDef, Value } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { useDraft } from '../../lib/drafts.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { Maker, type MakerProps } from '../fields/reference-input.tsx';
import { fieldsToWire } from '../fields/wire.ts';
import { DraftOffer } from './draft-offer.tsx';
import styles from './form.module.css';
import { type Conditions, useConditions, withConditions } from './use-conditions.ts';

type Values = { [name: string]: Value };
// `note`: what is to be known before it is filled in.
type Props = MakerProps & { note?: string };

// The fields a person fills at first: what is required, then what the layout calls key, then the first sections.
export function formFields(object: ObjectDef, conditions: Conditions): { first: Field[]; rest: Field[] } {
  const writable = withConditions(object.fields, conditions).filter(
    (field) => (field.written_by ?? 'anyone') === 'anyone' && (field.access ?? 'edit') === 'edit',
  );
  const key = new Set([object.name_field, ...object.layout.key]);
  const order = [
    object.name_field,
    ...object.layout.key,
    ...object.layout.sections.flatMap((section) => section.fields),
  ];
  const at = (field: Field) => (order.includes(field.name) ? order.indexOf(field.name) : order.length);
  const sorted = [...writable].sort((a, b) => at(a) - at(b));
  return {
    first: sorted.filter((field) => field.required || key.has(field.name)),
    rest: sorted.filter((field) => !field.required && !key.has(field.name)),
  };
}

// Of a gate on the way to its stage, a new record must meet what blocks; the rest is asked for when it moves on.
function blocking(error: unknown): unknown {
  if (!isProblem(error)) return error;
  const errors = error.items.filter((item) => (item.args?.strength ?? 'block') === 'block');
  return new ApiProblem({ ...error.problem, errors });
}

export function CreateDialog({ object, preset = {}, note, onClose, onCreated }: Props) {
  const draft = useDraft<Values>(`new.${object.plural}.${JSON.stringify(preset)}`, preset);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [all, setAll] = useState(false);
  const { first, rest } = formFields(object, useConditions(object, fieldsToWire(object.fields, draft.value)));
  const shown = all ? [...first, ...rest] : first;
  const { fields: errors, rest: general } = fieldErrors(blocking(refusal));
  // Of fields that no form fills in.
  const others = Object.keys(errors).filter((name) => ![...first, ...rest].some((field) => field.name === name));
  const say = [...general, ...others.map((name) => errors[name])];
  // What is given already need not be typed.
  const begin = first.find((field) => !preset[field.name]) ?? first[0];
  const stops = draft.value.stage && isProblem(refusal) && refusal.items.some((item) => item.code === 'gate_unmet');
  const submit = async (values = draft.value) => {
    setBusy(true);
    setRefusal(null);
    try {
      const record = await createRecord(object.plural, fieldsToWire(object.fields, values));
      draft.clear();
      toast(t('records.created', { object: pick(object.label) }), 'good');
      onCreated(record);
    } catch (error) {
      setRefusal(error);
      if (Object.keys(fieldErrors(blocking(error)).fields).some((name) => rest.some((field) => field.name === name)))
        setAll(true);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('records.new', { object: within(object.label) })}
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {stops ? (
            <Button isDisabled={busy} onPress={() => void submit({ ...draft.value, stage: null })}>
              {t('records.begin_first')}
            </Button>
          ) : null}
          <Button type="submit" look="primary" isDisabled={busy}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {note ? <Notice>{note}</Notice> : null}
        {say.length > 0 ? <Notice tone="bad">{say.join(' ')}</Notice> : null}
        <DraftOffer draft={draft} />
        <Maker value={CreateDialog}>
          {shown.map((field) => (
            <FieldEditor
              key={field.name}
              field={field}
              value={draft.value[field.name] ?? null}
              beside={draft.value}
              error={errors[field.name]}
              autoFocus={field === begin}
              onChange={(value) => draft.set((old) => ({ ...old, [field.name]: value }))}
            />
          ))}
        </Maker>
        <Duplicates object={object} draft={draft.value} />
        {rest.length > 0 && !all ? (
          <Button look="quiet" onPress={() => setAll(true)}>
            {t('records.more_fields', { count: rest.length })}
          </Button>
        ) : null}
      </div>
    </Dialog>
  );
}

// Asks only about what tells records apart: names, phones, e-mail addresses, unique keys.
function Duplicates({ object, draft }: { object: ObjectDef; draft: Values }) {
  const catalogue = useCatalogue();
  const telling = object.fields.filter(
    (field) =>
      field.name === object.name_field ||
      field.unique ||
      field.kind === 'phone' ||
      field.kind === 'email' ||
      field.kind === 'person',
  );
  const body = useRested(JSON.stringify(fieldsToWire(telling, draft)), 500);
  const filled = Object.values(JSON.parse(body) as { [name: string]: unknown }).some(
    (value) => String(value ?? '').length > 1,
  );
  const found = useQuery({
    queryKey: ['duplicates', object.plural, body],
    queryFn: () => duplicatesOf(object.plural, JSON.parse(body)),
    enabled: filled,
    retry: false,
  });
  if (!found.data || found.data.length === 0) return null;
  return (
    <Notice tone="warn">
      {t('records.duplicates')}
      <ul className={styles.duplicates}>
        {found.data.slice(0, 5).map((one) => {
          const target = catalogue.object(one.object);
          return (
            <li key={one.id}>
              <Link to={`/${target?.plural ?? object.plural}/${one.id}`}>{one.name}</Link>{' '}
              <small>{reasonsText(one.reasons)}</small>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}

const known = ['same_name', 'similar_name', 'same_email', 'same_phone', 'same_website'] as const;
function reasonsText(reasons: string[]): string {
  return list(
    reasons.map((reason) => {
      const key = known.find((one) => one === reason);
      return key ? t(`records.reason.${key}`) : '';
    }),
  );
}
