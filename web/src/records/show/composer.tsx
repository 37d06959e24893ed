// Writing what happened, where the timeline begins: a call, an e-mail, a meeting, a visit, a task, a note or a file. Which
// fields each asks for comes from the definitions of those objects, so a relabelled or custom choice shows up by itself.
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useActions } from '../../actions/registry.ts';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { fieldErrors, sentence } from '../../api/problem.ts';
import { createOrKeep } from '../../api/outbox.ts';
import { attach } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { Field, ObjectDef, RecordData, Reference, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { nameOf } from '../fields/record-name.ts';
import { fieldsToWire } from '../fields/wire.ts';
import styles from './composer.module.css';

const asked: { [kind: string]: string[] } = {
  call: ['outcome', 'body', 'next_step', 'next_step_on'],
  email: ['subject', 'body', 'next_step', 'next_step_on'],
  meeting: ['subject', 'starts_at', 'place', 'outcome', 'body', 'next_step', 'next_step_on'],
  visit: ['subject', 'starts_at', 'place', 'outcome', 'body', 'next_step', 'next_step_on'],
  task: ['subject', 'due_on', 'priority', 'body'],
};
const wide = new Set(['subject', 'body']);
// Written down after the fact, except a task, and what is still to begin.
const happened = (kind: string, starts: Value): boolean =>
  kind !== 'task' && !(typeof starts === 'string' && Date.parse(starts) > Date.now());

const linkOf = (child: ObjectDef, parent: ObjectDef): Field | undefined =>
  child.fields.find(
    (field) =>
      field.type === 'reference' &&
      field.target === parent.name &&
      field.written_by !== 'system' &&
      // Whose it is says not what it is about.
      field.name !== 'owner',
  );

export function Composer({ object, record }: { object: ObjectDef; record: RecordData }) {
  const catalogue = useCatalogue();
  const activity = catalogue.object('activity');
  const note = catalogue.object('note');
  const attachment = catalogue.object('attachment');
  const kinds = activity && linkOf(activity, object) ? (fieldOf(activity, 'kind')?.choices ?? []) : [];
  const tabs = [
    ...kinds
      .filter((kind) => kind.active && asked[kind.key])
      .map((kind) => ({ key: kind.key, label: pick(kind.label) })),
    ...(note && linkOf(note, object) && note.rights.create ? [{ key: 'note', label: pick(note.label) }] : []),
    ...(attachment && linkOf(attachment, object) && attachment.rights.create
      ? [{ key: 'file', label: t('records.file') }]
      : []),
  ];
  const [tab, setTab] = useState(tabs[0]?.key ?? '');
  const section = useRef<HTMLElement>(null);
  useActions(
    tabs.length > 0
      ? [
          {
            id: 'create',
            label: t('records.composer'),
            group: 'record',
            icon: 'note',
            keys: 'c',
            run: () => section.current?.querySelector<HTMLElement>('form input, form textarea, form button')?.focus(),
          },
        ]
      : [],
  );
  if (tabs.length === 0) return null;
  return (
    <section ref={section} className={styles.composer} aria-label={t('records.composer')}>
      <Tabs label={t('records.composer')} tabs={tabs} value={tab} onChange={setTab}>
        {tab === 'file' ? (
          <FileForm object={object} record={record} />
        ) : tab === 'note' && note ? (
          <EntryForm key="note" child={note} parent={object} record={record} names={['body']} preset={{}} />
        ) : activity ? (
          <EntryForm
            key={tab}
            child={activity}
            parent={object}
            record={record}
            names={asked[tab] ?? []}
            preset={{ kind: tab }}
          />
        ) : null}
      </Tabs>
    </section>
  );
}

type EntryProps = {
  child: ObjectDef;
  parent: ObjectDef;
  record: RecordData;
  names: string[];
  preset: { [name: string]: Value };
};

function EntryForm({ child, parent, record, names, preset }: EntryProps) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<{ [name: string]: Value }>({});
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const fields = names.flatMap((name) => fieldOf(child, name) ?? []);
  const { fields: errors, rest } = fieldErrors(refusal);
  const elsewhere = Object.entries(errors).filter(([name]) => !names.includes(name));
  const touched = Object.values(draft).some((value) => value !== null && value !== '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setRefusal(null);
    try {
      const body = entryBody({ child, parent, record, names, preset }, draft);
      const made = await createOrKeep({
        plural: child.plural,
        body,
        title: String(body.subject ?? `${pick(child.label)} ${nameOf(parent, record)}`),
        text: String(body.body ?? ''),
        about: [{ object: parent.name, id: record.id, name: nameOf(parent, record) }],
      });
      setDraft({});
      setRound(round + 1);
      toast(made ? t('records.entry_saved') : t('outbox.kept'), made ? 'good' : 'plain');
      void client.invalidateQueries({ queryKey: keys.record(parent.plural, record.id) });
      void client.invalidateQueries({ queryKey: keys.object(child.plural) });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form noValidate onSubmit={submit} className={styles.form} key={round}>
      {rest.length > 0 || elsewhere.length > 0 ? (
        <Notice tone="bad">{[...rest, ...elsewhere.map(([, say]) => say)].join(' ')}</Notice>
      ) : null}
      <div className={styles.fields}>
        {fields.map((field) => (
          <div key={field.name} className={wide.has(field.name) ? styles.wide : styles.part}>
            <FieldEditor
              field={field}
              value={draft[field.name] ?? null}
              error={errors[field.name]}
              onChange={(value) => setDraft((old) => ({ ...old, [field.name]: value }))}
            />
          </div>
        ))}
      </div>
      <div className={styles.buttons}>
        <Button type="submit" look="primary" isDisabled={busy || !touched}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}

// The record's own link, and those its own references answer too: a call on a deal is also a call to its account.
function entryBody({ child, parent, record, names, preset }: EntryProps, draft: { [name: string]: Value }) {
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

function FileForm({ object, record }: { object: ObjectDef; record: RecordData }) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const send = async (files: FileList | null) => {
    setBusy(true);
    try {
      for (const file of Array.from(files ?? [])) await attach(object.name, record.id, file);
      toast(t('records.entry_saved'), 'good');
      void client.invalidateQueries({ queryKey: keys.record(object.plural, record.id) });
      void client.invalidateQueries({ queryKey: keys.object('attachments') });
    } catch (error) {
      toast(sentence(error), 'bad');
    } finally {
      setBusy(false);
      if (input.current) input.current.value = '';
    }
  };
  return (
    <div className={styles.file}>
      <input
        ref={input}
        type="file"
        multiple
        className="visually-hidden"
        aria-label={t('records.choose_file')}
        tabIndex={-1}
        onChange={(event) => void send(event.target.files)}
      />
      <Button onPress={() => input.current?.click()} isDisabled={busy}>
        {busy ? t('records.sending') : t('records.choose_file')}
      </Button>
    </div>
  );
}
