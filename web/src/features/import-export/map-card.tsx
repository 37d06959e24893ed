// One file (or sheet) becomes records of one object: each of its columns, and what is left out.
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import type { Field } from '../../api/types.ts';
import { count, list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Select } from '../../ui/field/select.tsx';
import { ColumnRow } from './column-row.tsx';
import {
  chooseObject,
  headings,
  lacking,
  leftOut,
  nameOf,
  type Plan,
  type PlanObject,
  removeObject,
  sheetOf,
  sureness,
} from './import-model.ts';
import styles from './import.module.css';
import type { PlanState } from './plan-state.ts';

type Props = { state: PlanState; plan: Plan; object: PlanObject; at: number };
type Shown = 'all' | 'check' | 'left';
// From here on a person wants to see only a part.
const many_columns = 10;

export function MapCard({ state, plan, object, at }: Props) {
  const catalogue = useCatalogue();
  const [shown, setShown] = useState<Shown>('all');
  const def = catalogue.object(object.object);
  const sheet = sheetOf(state.files, object);
  const name = nameOf(object);
  const all = headings(sheet, object);
  const left = leftOut(sheet, object);
  const doubtful = object.columns
    .filter((column) => ['guess', 'likely'].includes(sureness(state.drafted, object, column) ?? ''))
    .map((column) => column.heading);
  const rows = shown === 'all' ? all : shown === 'left' ? left : doubtful;
  return (
    <article className={styles.card} aria-label={`${name} → ${def ? pick(def.label) : object.object}`}>
      <CardHead state={state} plan={plan} object={object} at={at} kept={all.length - left.length} of={all.length} />
      {def ? <Lacking fields={lacking(def, object)} /> : null}
      {def ? (
        <details className={styles.sheet} open={state.drafted.length > 0 || plan.objects.length < 4}>
          <summary>{t('import.columns')}</summary>
          {all.length > many_columns ? (
            <Segments
              label={t('import.columns_shown')}
              value={shown}
              onChange={(key) => setShown(key as Shown)}
              options={[
                { key: 'all', label: t('import.columns_all', { count: count(all.length) }) },
                { key: 'check', label: t('import.columns_check', { count: count(doubtful.length) }) },
                { key: 'left', label: t('import.columns_left', { count: count(left.length) }) },
              ]}
            />
          ) : null}
          <ul className={styles.columns} aria-label={t('import.columns_of', { name })}>
            {rows.map((heading) => (
              <ColumnRow key={heading} state={state} plan={plan} at={at} def={def} sheet={sheet} heading={heading} />
            ))}
          </ul>
        </details>
      ) : null}
      {left.length > 0 ? (
        <p className={styles.about}>{t('import.left_out', { count: count(left.length), names: list(left) })}</p>
      ) : null}
    </article>
  );
}

function Lacking({ fields }: { fields: Field[] }) {
  if (fields.length === 0) return null;
  return <Notice tone="warn">{t('import.lacking', { fields: list(fields.map((field) => pick(field.label))) })}</Notice>;
}

function CardHead({ state, plan, object, at, kept, of }: Props & { kept: number; of: number }) {
  const catalogue = useCatalogue();
  const name = nameOf(object);
  const offered = catalogue.objects.filter((one) => one.rights.create || one.name === object.object);
  return (
    <header className={styles.cardHead}>
      <h3>{name}</h3>
      <span aria-hidden="true">→</span>
      <div className={styles.choose}>
        <Select
          aria-label={t('import.object_of', { name })}
          value={object.object}
          onChange={(key) => {
            const next = catalogue.object(key ?? undefined);
            if (next) state.setPlan(chooseObject(plan, at, next));
          }}
          options={offered.map((one) => ({ key: one.name, label: pick(one.label) }))}
        />
      </div>
      <span className={styles.about}>{t('import.columns_kept', { kept, of })}</span>
      <IconButton label={t('import.leave_out', { name })} compact onPress={() => state.setPlan(removeObject(plan, at))}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
    </header>
  );
}
