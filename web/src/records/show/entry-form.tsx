// One entry: what is asked at first is little, the rest comes with the first key. Nothing typed is lost by leaving the page.
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type SyntheticEvent, useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import { fieldErrors } from '../../api/problem.ts';
import { createOrKeep } from '../../api/outbox.ts';
import { keys } from '../../api/query-keys.ts';
import type { Field, ObjectDef, RecordData, Reference, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { dropDraft, keepDraft, keptDraft } from '../../lib/drafts.ts';
import { plainText } from '../../lib/mentions.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { nameOf } from '../fields/record-name.ts';
import { fieldsToWire } from '../fields/wire.ts';
import styles from './composer.module.css';

const wide = new Set(['subject', 'body']);
// Written down after the fact, except a task, and what is still to begin.
const happened = (kind: string, starts: Value): boolean =>
  kind !== 'task' && !(typeof starts === 'string' && Date.parse(starts) > Date.now());

type Draft = { [name: string]: Value };
type EntryProps = {
  child: ObjectDef;
  parent: ObjectDef;
  record: RecordData;
  names: string[];
  preset: { [name: string]: Value };
};

export function EntryForm({ child, parent, record, names, preset }: EntryProps) {
  const client = useQueryClient();
  const place = `entry.${parent.name}.${record.id}.${preset.kind ?? child.name}`;
  const [draft, setDraft] = useState<Draft>(() => keptDraft<Draft>(place)?.value ?? {});
  const isFilled = Object.values(draft).some((value) => value !== null && value !== '');
  // What was left behind is shown at once, with the way to give it up.
  const [isKept, setKept] = useState(isFilled);
  const [isOpen, setOpen] = useState(isFilled);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const fields = names.flatMap((name) => fieldOf(child, name) ?? []);
  const { fields: errors, rest } = fieldErrors(refusal);
  const elsewhere = Object.entries(errors).filter(([name]) => !names.includes(name));
  const change = (name: string, value: Value) => {
    const next = { ...draft, [name]: value };
    setDraft(next);
    if (Object.values(next).some((one) => one !== null && one !== '')) keepDraft(place, next);
    else dropDraft(place);
  };
  const empty = () => {
    dropDraft(place);
    setDraft({});
    setKept(false);
    setOpen(false);
    setRound(round + 1);
  };
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    try {
      const body = entryBody({ child, parent, record, names, preset }, draft);
      const made = await createOrKeep({
        plural: child.plural,
        body,
        title: String(body.subject ?? `${pick(child.label)} ${nameOf(parent, record)}`),
        text: plainText(String(body.body ?? '')),
        about: [{ object: parent.name, id: record.id, name: nameOf(parent, record) }],
      });
      empty();
      toast(made ? t('records.entry_saved') : t('outbox.kept'), made ? 'good' : 'plain');
      void client.invalidateQueries({ queryKey: keys.record(parent.plural, record.id) });
      void client.invalidateQueries({ queryKey: keys.object(child.plural) });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (isFilled && !busy) void submit(event);
  };
  const [first, ...further] = fields;
  const editor = (field: Field) => (
    <div key={field.name} className={wide.has(field.name) ? styles.wide : styles.part}>
      <FieldEditor
        field={field}
        value={draft[field.name] ?? null}
        error={errors[field.name]}
        placeholder={field.name === 'body' ? t('record.composer.hint') : undefined}
        onChange={(value) => change(field.name, value)}
      />
    </div>
  );
  return (
    <form
      noValidate
      onSubmit={submit}
      className={styles.form}
      key={round}
      onKeyDown={onKey}
      onFocus={() => setOpen(true)}
    >
      {rest.length > 0 || elsewhere.length > 0 ? (
        <Notice tone="bad">{[...rest, ...elsewhere.map(([, say]) => say)].join(' ')}</Notice>
      ) : null}
      <div className={styles.fields}>
        {first ? editor(first) : null}
        {isOpen ? further.map(editor) : null}
      </div>
      <div className={styles.buttons}>
        {isKept ? (
          <span className={styles.kept}>
            {t('record.composer.kept')}
            <Button look="quiet" compact onPress={empty}>
              {t('record.composer.empty')}
            </Button>
          </span>
        ) : null}
        <Button type="submit" look="primary" isDisabled={busy || !isFilled}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

// The record's own link, and those its own references answer too: a call on a deal is also a call to its account.
function entryBody({ child, parent, record, names, preset }: EntryProps, draft: Draft) {
  const fields = child.fields.filter((field) => names.includes(field.name) || field.name in preset);
  const body = fieldsToWire(fields, { ...preset, ...draft });
  for (const field of child.fields) {
    if (field.type !== 'reference' || field.name === 'owner' || field.written_by === 'system') continue;
    const inherited = record[field.name];
    if (field.target === parent.name) body[field.name] = record.id;
    else if (
      inherited &&
      typeof inherited === 'object' &&
      'id' in inherited &&
      fieldOf(parent, field.name)?.target === field.target
    ) {
      body[field.name] = (inherited as Reference).id;
    }
  }
  if (child.name !== 'activity') return body;
  const kind = String(preset.kind);
  const label = fieldOf(child, 'kind')?.choices?.find((choice) => choice.key === kind)?.label;
  body.subject ??= `${pick(label)} ${nameOf(parent, record)}`;
  if (happened(kind, draft.starts_at)) {
    if (fieldOf(child, 'state')) body.state = 'done';
    if (fieldOf(child, 'done_at')) body.done_at = body.starts_at ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  }
  return body;
}
