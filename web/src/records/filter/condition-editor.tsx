// One condition: comparison and value. The count of what it would leave is shown before it is applied.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../api/problem.ts';
import { countQuery } from '../../api/records.ts';
import type { Field, ObjectDef, Reference, Value } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import {
  both,
  type Condition,
  type Op,
  type Operand,
  type Period,
  periods,
  printConditions,
} from '../../lib/formula.ts';
import { Button } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Group } from '../../ui/field/group.tsx';
import { Select } from '../../ui/field/select.tsx';
import { FieldEditor } from '../fields/field-editor.tsx';
import { ReferenceInput } from '../fields/reference-input.tsx';
import styles from './filter.module.css';
import { dayLiteral, dayOfLiteral, isComplete, needsValue, operatorsOf, opText, periodText } from './operators.ts';

type Props = {
  object: ObjectDef;
  field: Field;
  start: Condition;
  // The other conditions, so that the count is that of the whole filter.
  others: string;
  onApply: (condition: Condition) => void;
  onRemove?: () => void;
};

export function ConditionEditor({ object, field, start, others, onApply, onRemove }: Props) {
  const [condition, setCondition] = useState(start);
  const { op, values } = condition;
  const changeOp = (key: string | null) => {
    const next = (key ?? op) as Op;
    const keep = needsValue(next) && (next === 'within') === (op === 'within') && (next === 'in') === (op === 'in');
    setCondition({ ...condition, op: next, values: next === 'within' ? ['this_month'] : keep ? values : [] });
  };
  const complete = isComplete(condition);
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onApply(condition);
      }}
    >
      <Select
        label={pick(field.label)}
        value={op}
        onChange={changeOp}
        options={operatorsOf(field).map((key) => ({ key, label: opText(key, field) }))}
      />
      {needsValue(op) ? (
        <Operands
          field={field}
          op={op}
          values={values}
          onChange={(next) => setCondition({ ...condition, values: next })}
        />
      ) : null}
      <div className={styles.foot}>
        <LiveCount object={object} filter={complete ? both(others, printConditions([condition])) : ''} />
        {onRemove ? (
          <Button look="quiet" onPress={onRemove}>
            {t('filter.remove')}
          </Button>
        ) : null}
        <Button type="submit" look="primary" isDisabled={!complete}>
          {t('common.apply')}
        </Button>
      </div>
    </form>
  );
}

export function LiveCount({ object, filter }: { object: ObjectDef; filter: string }) {
  const rested = useRested(filter, 250);
  const query = useQuery({ ...countQuery(object.plural, rested), enabled: rested !== '', retry: false });
  let text = '';
  if (rested && query.data !== undefined) text = t('filter.count', { count: count(query.data) });
  if (rested && query.isError) text = isProblem(query.error) ? (query.error.items[0]?.say ?? query.error.message) : '';
  return (
    <span className={styles.count} aria-live="polite">
      {text}
    </span>
  );
}

function read(value: Value): Operand[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'object' && 'amount' in value) return [Number(value.amount)];
  return [value as Operand];
}

type OperandsProps = { field: Field; op: Op; values: Operand[]; onChange: (values: Operand[]) => void };

function Operands({ field, op, values, onChange }: OperandsProps) {
  const bare = { ...field, required: false };
  if (op === 'within') {
    return (
      <Select
        aria-label={t('filter.period')}
        value={String(values[0] ?? '')}
        onChange={(key) => onChange(key ? [key] : [])}
        options={(Object.keys(periods) as Period[]).map((key) => ({ key, label: periodText(key) }))}
      />
    );
  }
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
  return <FieldEditor bare autoFocus field={bare} value={shown} onChange={(next) => onChange(read(next))} />;
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
