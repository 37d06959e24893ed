// One field of a record: its value, edited where it stands, and what became of it.
import { Copy, EllipsisVertical, History, Pencil } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { canEdit } from '../../api/describe.ts';
import type { Field, ObjectDef, RecordData, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { valueText } from '../fields/value-text.ts';
import { useReveal } from './reveal.tsx';
import styles from './field-panel.module.css';

// Read first, edited later.
const FieldForm = lazy(() => import('./field-form.tsx').then((room) => ({ default: room.FieldForm })));

type LineProps = {
  object: ObjectDef;
  record: RecordData;
  field: Field;
  hasTools: boolean;
  commit: (record: RecordData, field: Field, value: Value) => Promise<string>;
  onPast: () => void;
};

export function FieldLine({ object, record, field, hasTools, commit, onPast }: LineProps) {
  const [editing, setEditing] = useState(false);
  const revealed = useReveal(object, record, field);
  const value = revealed.value ?? record[field.name] ?? null;
  const editable = canEdit(object, field);
  const name = pick(field.label);
  if (editing) {
    return (
      <div className={styles.editing}>
        <dt className={styles.label}>{name}</dt>
        <dd>
          <Suspense fallback={<FieldValue field={field} value={value} />}>
            <FieldForm
              field={field}
              value={value}
              beside={record}
              commit={(next) => commit(record, field, next)}
              onClose={() => setEditing(false)}
            />
          </Suspense>
        </dd>
      </div>
    );
  }
  const text = valueText(field, value);
  return (
    <div className={styles.line} onDoubleClick={editable ? () => setEditing(true) : undefined}>
      <dt className={styles.label}>{name}</dt>
      <dd className={styles.value}>
        {text === '' ? (
          <span className={styles.blank}>{t('records.not_filled')}</span>
        ) : (
          <FieldValue field={field} value={value} />
        )}
      </dd>
      {hasTools ? (
        <dd className={styles.tools}>
          {revealed.button}
          {editable ? (
            <IconButton label={t('records.edit_field', { field: name })} compact onPress={() => setEditing(true)}>
              <Pencil size={13} aria-hidden="true" />
            </IconButton>
          ) : null}
          <LineMenu name={name} text={text} hasPast={field.access !== 'masked'} onPast={onPast} />
        </dd>
      ) : null}
    </div>
  );
}

type MenuProps = { name: string; text: string; hasPast: boolean; onPast: () => void };

function LineMenu({ name, text, hasPast, onPast }: MenuProps) {
  const past = { key: 'past', label: t('record.history'), icon: <History size={14} />, onAction: onPast };
  const copy = {
    key: 'copy',
    label: t('record.copy'),
    icon: <Copy size={14} />,
    onAction: () =>
      void navigator.clipboard?.writeText(text).then(
        () => toast(t('record.copied'), 'good'),
        () => toast(t('record.not_copied'), 'bad'),
      ),
  };
  const entries = [...(hasPast ? [past] : []), ...(text ? [copy] : [])];
  if (entries.length === 0) return null;
  return (
    <Menu
      label={t('record.field_menu', { field: name })}
      trigger={
        <IconButton label={t('record.field_menu', { field: name })} compact>
          <EllipsisVertical size={13} aria-hidden="true" />
        </IconButton>
      }
      groups={[{ key: 'field', entries }]}
    />
  );
}
