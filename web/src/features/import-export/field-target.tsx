// One field a column fills: which it is, what the words of the file become, the unit of its numbers.
import { X } from 'lucide-react';
import { useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { matchRank } from '../../lib/match.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { Select } from '../../ui/field/select.tsx';
import { ColumnValues } from './column-values.tsx';
import { cures, importable, type Missing, type PlanField } from './import-model.ts';
import styles from './import.module.css';
import type { ColumnPlace } from './word-model.ts';

type Props = {
  column: ColumnPlace;
  def: ObjectDef;
  // None where the column is not imported.
  target: PlanField | undefined;
  seen: string[];
  onReplace: (field: string | null) => void;
  onChange: (change: Partial<PlanField>) => void;
};

export function FieldTarget({ column, def, target, seen, onReplace, onChange }: Props) {
  const { heading } = column;
  const field = target && fieldOf(def, target.field);
  const isNumber = field?.type === 'money' || field?.type === 'number';
  return (
    <div className={styles.targetField}>
      <FieldChoice
        def={def}
        label={t('import.field_of', { name: heading })}
        value={target?.field ?? null}
        onChange={onReplace}
      />
      {target && isNumber ? (
        <Unit heading={heading} times={target.times} onChange={(times) => onChange({ times })} />
      ) : null}
      {target && field && !isNumber && field.type !== 'date' && field.type !== 'instant' ? (
        <ColumnValues
          column={column}
          object={def.name}
          field={field}
          target={target}
          seen={seen}
          onChange={(values) => onChange({ values })}
        />
      ) : null}
      {target && field ? (
        <Unknown heading={heading} field={field} target={target} onChange={(missing) => onChange({ missing })} />
      ) : null}
    </div>
  );
}

type UnknownProps = { heading: string; field: Field; target: PlanField; onChange: (missing: Missing) => void };

// What becomes of a word that names no record and no choice. To add choices is to change the definitions.
function Unknown({ heading, field, target, onChange }: UnknownProps) {
  const { rights } = useSession();
  const isChoice = field.type === 'choice' || field.type === 'choices';
  if (!isChoice && field.type !== 'reference') return null;
  const offered = cures.filter((one) => one !== 'add' || (isChoice && (rights.admin || target.missing === 'add')));
  return (
    <div className={styles.unit}>
      <span className={styles.about}>{isChoice ? t('import.unknown_choice') : t('import.unknown_record')}</span>
      <Select
        aria-label={t('import.unknown_of', { name: heading })}
        value={target.missing}
        onChange={(key) => onChange(offered.find((one) => one === key) ?? 'refuse')}
        options={offered.map((key) => ({ key, label: t(`import.missing.${key}`) }))}
      />
    </div>
  );
}

const units = [1, 1000, 10_000, 1_000_000, 100_000_000] as const;

function Unit({ heading, times, onChange }: { heading: string; times: number; onChange: (times: number) => void }) {
  const known: readonly number[] = units;
  const all = known.includes(times) ? known : [...known, times].sort((a, b) => a - b);
  return (
    <div className={styles.unit}>
      <span className={styles.about}>{t('import.unit')}</span>
      <Select
        aria-label={t('import.unit_of', { name: heading })}
        value={String(times)}
        onChange={(key) => onChange(Number(key ?? 1))}
        options={all.map((one) => ({
          key: String(one),
          label: known.includes(one)
            ? t(`import.unit.${one as (typeof units)[number]}`)
            : t('import.times', { times: one }),
        }))}
      />
    </div>
  );
}

type ChoiceProps = {
  def: ObjectDef;
  label: string;
  placeholder?: string;
  value: string | null;
  onChange: (field: string | null) => void;
};

export function FieldChoice({ def, label: name, placeholder, value, onChange }: ChoiceProps) {
  const offered = importable(def);
  const label = (one: string | null) => (one ? pick(fieldOf(def, one)?.label) || one : '');
  const [text, setText] = useState(label(value));
  const [was, setWas] = useState(value);
  if (value !== was) {
    setWas(value);
    setText(label(value));
  }
  const typed = text === label(value) ? '' : text;
  const items: ComboItem[] = offered
    .map((field) => ({ key: field.name, label: pick(field.label), detail: field.name }))
    .map((item) => ({ item, rank: Math.max(matchRank(item.label, typed), matchRank(item.key, typed)) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
  if (value && !items.some((item) => item.key === value)) items.unshift({ key: value, label: label(value) });
  return (
    <Combo
      aria-label={name}
      placeholder={placeholder ?? t('import.leave_column')}
      items={items}
      value={value}
      text={text}
      onText={setText}
      onChange={(item) => {
        setText(item?.label ?? '');
        onChange(item?.key ?? null);
      }}
    />
  );
}

// Out of the list at once: for what stands once for all rows.
export function RemoveButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <IconButton label={label} compact onPress={onPress}>
      <X size={14} aria-hidden="true" />
    </IconButton>
  );
}
