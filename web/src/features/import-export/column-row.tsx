// One column of a file: what stands in it, which field it becomes, how sure the draft was.
import { useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { matchRank } from '../../lib/match.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import {
  changeField,
  importable,
  mapColumn,
  type Plan,
  type PlanColumn,
  samples,
  type Sheet,
  type Sureness,
  sureness,
} from './import-model.ts';
import styles from './import.module.css';
import type { PlanState } from './plan-room.tsx';

type Props = {
  state: PlanState;
  plan: Plan;
  at: number;
  def: ObjectDef;
  sheet: Sheet | undefined;
  heading: string;
};
const tones: { [sure in Sureness]: TagTone } = { sure: 'good', likely: 'info', guess: 'warn' };

export function ColumnRow({ state, plan, at, def, sheet, heading }: Props) {
  const object = plan.objects[at];
  const column = object?.columns.find((one) => one.heading === heading);
  const sure = object && column ? sureness(state.drafted, object, column) : null;
  const cells = samples(sheet, heading);
  const isUnknown = !!sheet && !sheet.columns.includes(heading);
  return (
    <li className={styles.column}>
      <div className={styles.heading}>
        <strong>{heading}</strong>
        {isUnknown ? <Tag tone="warn">{t('import.column_missing')}</Tag> : null}
        <span className={styles.cells}>{cells.length > 0 ? list(cells) : t('import.cells_empty')}</span>
      </div>
      <div className={styles.target}>
        {column && column.fields.length > 1 ? (
          <SeveralFields def={def} column={column} />
        ) : (
          <FieldChoice
            def={def}
            heading={heading}
            value={column?.fields[0]?.field ?? null}
            onChange={(field) => state.setPlan(mapColumn(plan, at, heading, field))}
          />
        )}
        {column ? <Details state={state} plan={plan} at={at} def={def} column={column} /> : null}
      </div>
      <div className={styles.mark}>{sure ? <Tag tone={tones[sure]}>{t(`import.sure.${sure}`)}</Tag> : null}</div>
    </li>
  );
}

function SeveralFields({ def, column }: { def: ObjectDef; column: PlanColumn }) {
  const names = column.fields.map(({ field }) => pick(fieldOf(def, field)?.label) || field);
  return (
    <p>
      {list(names)}
      <span className={styles.about}> {t('import.several_fields')}</span>
    </p>
  );
}

function Details({ state, plan, at, def, column }: Omit<Props, 'sheet' | 'heading'> & { column: PlanColumn }) {
  const values = column.fields.flatMap((one) => Object.entries(one.values));
  const first = column.fields[0];
  const type = first && fieldOf(def, first.field)?.type;
  return (
    <>
      {values.length > 0 ? (
        <p className={styles.about}>
          {t('import.values', { all: list(values.map(([from, to]) => `${from} → ${to}`)) })}
        </p>
      ) : null}
      {first && first.times !== 1 ? <p className={styles.about}>{t('import.times', { times: first.times })}</p> : null}
      {first && (type === 'reference' || type === 'choice') ? (
        <Checkbox
          isSelected={first.mayMiss}
          onChange={(mayMiss) => state.setPlan(changeField(plan, at, column.heading, { mayMiss }))}
        >
          {t('import.may_miss')}
        </Checkbox>
      ) : null}
    </>
  );
}

type ChoiceProps = {
  def: ObjectDef;
  heading: string;
  value: string | null;
  onChange: (field: string | null) => void;
};

function FieldChoice({ def, heading, value, onChange }: ChoiceProps) {
  const offered = importable(def);
  const label = (name: string | null) => (name ? pick(fieldOf(def, name)?.label) || name : '');
  const [text, setText] = useState(label(value));
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setText(label(value));
  }
  const typed = text === label(value) ? '' : text;
  const items: ComboItem[] = offered
    .map((field) => ({ key: field.name, label: pick(field.label), detail: field.name }))
    .map((item) => ({ item, rank: Math.max(matchRank(item.label, typed), matchRank(item.key, typed)) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
  if (value && !typed && !items.some((item) => item.key === value)) items.unshift({ key: value, label: label(value) });
  return (
    <Combo
      aria-label={t('import.field_of', { name: heading })}
      placeholder={t('import.leave_column')}
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
