// The right side of a condition: a value of the field's type, a span of days, a person.
import { useState } from 'react';
import type { Field, Reference, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import {
  type Condition,
  type Op,
  type Operand,
  type Period,
  periodOperand,
  periods,
  readPeriod,
  takesDays,
} from '../../lib/formula.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Group } from '../../ui/field/group.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { ReferenceInput } from '../fields/reference-input.tsx';
import styles from './filter.module.css';
import { asOffered, dayLiteral, dayOfLiteral, needsValue, operatorsOf, opText, periodText } from './operators.ts';

type ComparisonProps = {
  field: Field;
  condition: Condition;
  // In a row of a builder the field stands before it.
  bare?: boolean;
  autoFocus?: boolean;
  onChange: (condition: Condition) => void;
};

export function Comparison({ field, bare, autoFocus, onChange, ...given }: ComparisonProps) {
  const condition = asOffered(field, given.condition);
  const { op, values } = condition;
  const changeOp = (key: string | null) => {
    const next = (key ?? op) as Op;
    const keep = needsValue(next) && (next === 'within') === (op === 'within') && (next === 'in') === (op === 'in');
    // An instant is asked for its day, but for whether it is there.
    onChange({
      ...condition,
      day: field.type === 'instant' || undefined,
      op: next,
      values: next === 'within' ? [periodOperand('this_month')] : keep ? values : [],
    });
  };
  return (
    <>
      <Select
        {...(bare
          ? { 'aria-label': t('filter.comparison', { field: pick(field.label) }) }
          : { label: pick(field.label) })}
        value={op}
        onChange={changeOp}
        options={operatorsOf(field).map((key) => ({ key, label: opText(key, field) }))}
      />
      {needsValue(op) ? (
        <Operands
          field={field}
          op={op}
          values={values}
          autoFocus={autoFocus}
          onChange={(next) => onChange({ ...condition, values: next })}
        />
      ) : null}
    </>
  );
}

function read(value: Value): Operand[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && 'amount' in value) return [Number(value.amount)];
  return [value as Operand];
}

type OperandsProps = {
  field: Field;
  op: Op;
  values: Operand[];
  autoFocus?: boolean;
  onChange: (values: Operand[]) => void;
};

function Operands({ field, op, values, autoFocus, onChange }: OperandsProps) {
  const bare = { ...field, required: false };
  if (op === 'within') return <PeriodOperand value={values[0]} onChange={(next) => onChange([next])} />;
  if (field.type === 'choice') {
    const toggle = (key: string, on: boolean) =>
      onChange(on ? [...values, key] : values.filter((value) => value !== key));
    return (
      <Group aria-label={pick(field.label)}>
        <div className={styles.choices}>
          {(field.choices ?? []).map((choice) => (
            <Checkbox
              key={choice.key}
              isSelected={values.includes(choice.key)}
              onChange={(on) => toggle(choice.key, on)}
            >
              {pick(choice.label)}
            </Checkbox>
          ))}
        </div>
      </Group>
    );
  }
  if (field.type === 'choices') {
    return (
      <Select
        aria-label={pick(field.label)}
        value={String(values[0] ?? '') || null}
        onChange={(key) => onChange(key ? [key] : [])}
        options={(field.choices ?? []).map((choice) => ({ key: choice.key, label: pick(choice.label) }))}
      />
    );
  }
  if (field.type === 'reference') return <ReferenceOperand field={field} op={op} values={values} onChange={onChange} />;
  if (field.type === 'date' || field.type === 'instant') {
    return (
      <FieldEditor
        bare
        field={{ ...bare, type: 'date' }}
        value={dayOfLiteral(values[0])}
        onChange={(day) => onChange(day ? [dayLiteral(String(day))] : [])}
      />
    );
  }
  if (field.type === 'duration') {
    const text = typeof values[0] === 'object' ? values[0].text : '';
    return (
      <FieldEditor bare field={bare} value={text} onChange={(next) => onChange(next ? [{ text: String(next) }] : [])} />
    );
  }
  const shown = field.type === 'money' && values[0] !== undefined ? String(values[0]) : ((values[0] ?? null) as Value);
  return (
    <FieldEditor bare autoFocus={autoFocus} field={bare} value={shown} onChange={(next) => onChange(read(next))} />
  );
}

function ReferenceOperand({ field, op, values, onChange }: OperandsProps) {
  const first = values[0];
  const token = typeof first === 'object' ? first.text : '';
  const [chosen, setChosen] = useState<Reference | null>(typeof first === 'string' ? { id: first, name: first } : null);
  const people = field.target === 'member';
  if (op === 'in') {
    return (
      <Select
        aria-label={pick(field.label)}
        value={token || null}
        onChange={(key) => onChange(key ? [{ text: key }] : [])}
        options={[{ key: 'my_team()', label: t('filter.my_team') }]}
      />
    );
  }
  return (
    <>
      {people ? (
        <Checkbox
          isSelected={token === 'me()'}
          onChange={(on) => onChange(on ? [{ text: 'me()' }] : chosen ? [chosen.id] : [])}
        >
          {t('filter.me')}
        </Checkbox>
      ) : null}
      {token ? null : (
        <ReferenceInput
          aria-label={pick(field.label)}
          target={field.target}
          value={chosen}
          onChange={(next) => {
            setChosen(next);
            onChange(next ? [next.id] : []);
          }}
        />
      )}
    </>
  );
}

function PeriodOperand({ value, onChange }: { value: Operand | undefined; onChange: (value: Operand) => void }) {
  const named = typeof value === 'object' ? value.text.split('(')[0] : '';
  const period: Period = periods.find((one) => one === named) ?? 'this_month';
  const [text, setText] = useState(String(readPeriod(value)?.days || 7));
  return (
    <>
      <Select
        aria-label={t('filter.period')}
        value={period}
        onChange={(key) => onChange(periodOperand((key ?? period) as Period, Number(text) || 7))}
        options={periods.map((key) => ({ key, label: periodText(key) }))}
      />
      {takesDays(period) ? (
        <TextInput
          aria-label={t('filter.days')}
          inputMode="numeric"
          number
          value={text}
          onChange={(next) => {
            const digits = next.replace(/\D/g, '').slice(0, 4);
            setText(digits);
            // Nothing typed is no number of days: the condition waits.
            onChange(
              digits === '' || Number(digits) === 0 ? { text: `${period}()` } : periodOperand(period, Number(digits)),
            );
          }}
        />
      ) : null}
    </>
  );
}
