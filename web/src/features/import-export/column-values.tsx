// What the words of a column become. For choices every word of the whole file is shown with its rows, and how it is understood;
// what nobody understands stands first.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Field } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { wordsQuery } from './import-api.ts';
import type { PlanField } from './import-model.ts';
import styles from './import.module.css';
import { OneMore } from './one-more.tsx';
import { changeValue, choiceNamed, type ColumnPlace, fateOf, mappable, valueOf, type WordFate } from './word-model.ts';

type Props = {
  column: ColumnPlace;
  object: string;
  field: Field;
  target: PlanField;
  seen: string[];
  onChange: (values: PlanField['values']) => void;
};
type Row = { word: string; rows?: number; fate: WordFate; value: unknown };
const order: WordFate[] = ['unknown', 'mapped', 'empty', 'known'];

export function ColumnValues({ column, object, field, target, seen, onChange }: Props) {
  const isChoice = !!field.choices?.length;
  const [isOpen, setOpen] = useState(Object.keys(target.values).length > 0);
  const found = useQuery({
    ...wordsQuery(column, object, field.name),
    enabled: isChoice && !!column.file,
  });
  const told = found.data?.words ?? [];
  const rows: Row[] = mappable(target, told.length > 0 ? told.map((one) => one.word) : seen).map((word) => {
    const known = told.find((one) => one.word === word) ?? { word, rows: undefined, value: isChoice ? null : word };
    return { ...known, fate: fateOf(target, column.empty, known) };
  });
  rows.sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate));
  const unknown = isChoice && found.isSuccess ? rows.filter((one) => one.fate === 'unknown') : [];
  const replaced = Object.keys(target.values).length;
  return (
    <details className={styles.values} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {replaced > 0 ? t('import.values_count', { count: replaced }) : t('import.values_none')}
        {unknown.length > 0 && target.missing === 'refuse' ? (
          <strong className={styles.warn}> · {t('import.values_unknown', { count: count(unknown.length) })}</strong>
        ) : null}
      </summary>
      <ul aria-label={t('import.values_of', { name: column.heading, field: pick(field.label) })}>
        {rows.map((row) => (
          <WordRow
            key={row.word}
            row={row}
            field={field}
            to={valueOf(target.values, row.word)}
            onChange={(to) => onChange(changeValue(target.values, row.word, to))}
          />
        ))}
      </ul>
      {found.data?.more ? (
        <p className={styles.about}>{t('import.values_more', { count: count(told.length) })}</p>
      ) : null}
      <OneMore
        label={t('import.value_add')}
        onAdd={(word) => onChange(changeValue(target.values, word, isChoice ? '' : word))}
      />
    </details>
  );
}

type WordProps = { row: Row; field: Field; to: string | undefined; onChange: (to: string | null) => void };

function WordRow({ row, field, to, onChange }: WordProps) {
  return (
    <li className={styles.value}>
      <span className={styles.from} title={row.word}>
        {row.word}
        {row.rows === undefined ? null : <span className={styles.about}> × {count(row.rows)}</span>}
      </span>
      <span aria-hidden="true">→</span>
      <ValueChoice row={row} field={field} to={to} onChange={onChange} />
    </li>
  );
}

const nothing = ' ';

function ValueChoice({ row, field, to, onChange }: WordProps) {
  const label = t('import.value_of', { value: row.word });
  if (!field.choices?.length)
    return (
      <TextInput
        aria-label={label}
        placeholder={t('import.value_same')}
        value={to ?? ''}
        onChange={(text) => onChange(text === '' ? null : text)}
      />
    );
  const known = to === undefined ? null : choiceNamed(field, to);
  // A word of the plan that is no choice is shown as it is; the trial will say so.
  const strange = to && known === null ? [{ key: to, label: to }] : [];
  const asIs = field.choices.find((one) => one.key === row.value);
  const placeholder =
    row.fate === 'empty' ? t('import.value_empty') : asIs ? pick(asIs.label) : t('import.value_unknown');
  return (
    <Select
      aria-label={label}
      placeholder={placeholder}
      clearable
      value={to === '' ? nothing : (known ?? to ?? null)}
      onChange={(key) => onChange(key === nothing ? '' : key)}
      options={[
        ...strange,
        ...field.choices
          .filter((one) => one.active || one.key === known)
          .map((one) => ({ key: one.key, label: pick(one.label) })),
        { key: nothing, label: t('import.value_empty') },
      ]}
    />
  );
}
