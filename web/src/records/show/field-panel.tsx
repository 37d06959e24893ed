// The left column: key fields, then the sections of the layout; every line is edited where it stands.
import { ChevronDown, ChevronRight, Pencil } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { canEdit, fieldOf } from '../../api/describe.ts';
import type { Field, ObjectDef, RecordData, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { useCommit } from '../fields/use-commit.tsx';
import { valueText } from '../fields/value-text.ts';
import { useConditions } from '../form/use-conditions.ts';
import styles from './field-panel.module.css';

export function FieldPanel({ object, record }: { object: ObjectDef; record: RecordData }) {
  const { commit, conflict } = useCommit(object);
  const [open, setOpen] = useState<Set<string>>(new Set());
  const { hidden } = useConditions(object, {}, record);
  const shown = (name: string) => !hidden.includes(name) && (name in record || canSee(object, name));
  const key = object.layout.key.filter(shown);
  const sections = object.layout.sections
    .map((section) => ({
      label: pick(section.label),
      fields: section.fields.filter((name) => shown(name) && !key.includes(name)),
    }))
    .filter((section) => section.fields.length > 0);
  const line = (name: string) => {
    const field = fieldOf(object, name);
    return field ? <FieldLine key={name} object={object} record={record} field={field} commit={commit} /> : null;
  };
  const toggle = (label: string) => {
    const next = new Set(open);
    if (!next.delete(label)) next.add(label);
    setOpen(next);
  };
  return (
    <section className={styles.panel} aria-label={t('records.fields')}>
      <dl className={styles.lines}>{key.map(line)}</dl>
      {sections.map((section, at) => {
        const isOpen = open.has(section.label) !== (at === 0);
        return (
          <div key={section.label} className={styles.section}>
            <h2>
              <button
                type="button"
                className={styles.toggle}
                aria-expanded={isOpen}
                onClick={() => toggle(section.label)}
              >
                {isOpen ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />}
                {section.label}
              </button>
            </h2>
            {isOpen ? <dl className={styles.lines}>{section.fields.map(line)}</dl> : null}
          </div>
        );
      })}
      {conflict}
    </section>
  );
}

// A field absent from the answer is either empty or hidden; hidden ones are not in the definition the member gets.
const canSee = (object: ObjectDef, name: string): boolean => !!fieldOf(object, name);

type LineProps = {
  object: ObjectDef;
  record: RecordData;
  field: Field;
  commit: (record: RecordData, field: Field, value: Value) => Promise<string>;
};

function FieldLine({ object, record, field, commit }: LineProps) {
  const [draft, setDraft] = useState<{ value: Value } | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const value = record[field.name] ?? null;
  const editable = canEdit(object, field);
  const name = pick(field.label);
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!draft) return;
    setBusy(true);
    const why = await commit(record, field, draft.value);
    setRefused(why);
    if (!why) setDraft(null);
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    setRefused('');
    setDraft(null);
    event.stopPropagation();
  };
  if (draft) {
    return (
      <div className={styles.editing}>
        <dt className={styles.label}>{name}</dt>
        <dd>
          <form ref={form} noValidate onSubmit={save} onKeyDown={onKey} aria-busy={busy}>
            <FieldEditor
              field={field}
              value={draft.value}
              bare={field.kind !== 'long'}
              autoFocus
              error={refused || undefined}
              // What had the focus before the list is gone.
              onClose={() => setTimeout(() => form.current?.querySelector('button')?.focus())}
              onChange={(next) => {
                setRefused('');
                setDraft({ value: next });
              }}
            />
            <div className={styles.buttons}>
              <Button type="submit" look="primary" compact isDisabled={busy}>
                {t('common.save')}
              </Button>
              <Button
                compact
                onPress={() => {
                  setRefused('');
                  setDraft(null);
                }}
              >
                {t('common.cancel')}
              </Button>
            </div>
          </form>
        </dd>
      </div>
    );
  }
  const text = valueText(field, value);
  return (
    <div className={styles.line} onDoubleClick={editable ? () => setDraft({ value }) : undefined}>
      <dt className={styles.label}>{name}</dt>
      <dd className={styles.value}>
        {text === '' ? (
          <span className={styles.blank}>{t('records.not_filled')}</span>
        ) : (
          <FieldValue field={field} value={value} />
        )}
      </dd>
      {editable ? (
        <dd className={styles.pencil}>
          <IconButton label={t('records.edit_field', { field: name })} compact onPress={() => setDraft({ value })}>
            <Pencil size={13} aria-hidden="true" />
          </IconButton>
        </dd>
      ) : null}
    </div>
  );
}
