// One field a column fills: which it is, what the words of the file become, the unit of its numbers.
import { X } from 'lucide-react';
import { useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { matchRank } from '../../lib/match.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { changeValue, choiceNamed, importable, mappable, type PlanField } from './import-model.ts';
import styles from './import.module.css';

type Props = {
  def: ObjectDef;
  heading: string;
  // None where the column is not imported.
  target: PlanField | undefined;
  seen: string[];
  onReplace: (field: string | null) => void;
  onChange: (change: Partial<PlanField>) => void;
};

export function FieldTarget({ def, heading, target, seen, onReplace, onChange }: Props) {
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
        <Values
          field={field}
          heading={heading}
          target={target}
          seen={seen}
          onChange={(values) => onChange({ values })}
        />
      ) : null}
      {target && (field?.type === 'reference' || field?.type === 'choice') ? (
        <Checkbox isSelected={target.mayMiss} onChange={(mayMiss) => onChange({ mayMiss })}>
          {t('import.may_miss')}
        </Checkbox>
      ) : null}
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

type ValuesProps = {
  field: Field;
  heading: string;
  target: PlanField;
  seen: string[];
  onChange: (values: PlanField['values']) => void;
};

function Values({ field, heading, target, seen, onChange }: ValuesProps) {
  const [word, setWord] = useState('');
  const [isOpen, setOpen] = useState(Object.keys(target.values).length > 0);
  const words = mappable(target, seen);
  const count = Object.keys(target.values).length;
  const add = () => {
    const from = word.trim();
    if (from !== '' && !(from in target.values)) onChange({ ...target.values, [from]: from });
    setWord('');
  };
  return (
    <details className={styles.values} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{count > 0 ? t('import.values_count', { count }) : t('import.values_none')}</summary>
      <ul aria-label={t('import.values_of', { name: heading, field: pick(field.label) })}>
        {words.map((from) => (
          <li key={from} className={styles.value}>
            <span className={styles.from}>{from}</span>
            <span aria-hidden="true">→</span>
            <ValueChoice
              field={field}
              label={t('import.value_of', { value: from })}
              to={target.values[from]}
              onChange={(to) => onChange(changeValue(target.values, from, to))}
            />
          </li>
        ))}
      </ul>
      <form
        className={styles.value}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextInput
          aria-label={t('import.value_add')}
          placeholder={t('import.value_add')}
          value={word}
          onChange={setWord}
        />
        <Button compact type="submit" isDisabled={word.trim() === ''}>
          {t('import.add')}
        </Button>
      </form>
    </details>
  );
}

type ValueProps = { field: Field; label: string; to: string | undefined; onChange: (to: string) => void };

function ValueChoice({ field, label, to, onChange }: ValueProps) {
  if (!field.choices?.length) {
    return <TextInput aria-label={label} placeholder={t('import.value_same')} value={to ?? ''} onChange={onChange} />;
  }
  const known = to === undefined ? null : choiceNamed(field, to);
  // A word of the plan that is no choice is shown as it is; the trial will say so.
  const strange = to !== undefined && known === null ? [{ key: to, label: to }] : [];
  return (
    <Select
      aria-label={label}
      placeholder={t('import.value_same')}
      clearable
      value={known ?? to ?? null}
      onChange={(key) => onChange(key ?? '')}
      options={[...strange, ...field.choices.map((one) => ({ key: one.key, label: pick(one.label) }))]}
    />
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
