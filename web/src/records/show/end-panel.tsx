// How a record ended, where its stage said what to do next: when, after how long, why, and what it became.
import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef, ProcessState, RecordData } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import { FieldValue } from '../fields/field-value.tsx';
import { valueText } from '../fields/value-text.ts';
import styles from './field-panel.module.css';
import { Debt } from './gate-panel.tsx';
import show from './show.module.css';

const telling = [
  'outcome',
  'closed_on',
  'cycle_days',
  'loss_reason',
  'loss_note',
  'competitor',
  'disqualify_reason',
  'converted_account',
  'converted_contact',
  'converted_deal',
];

type Props = { object: ObjectDef; record: RecordData; process: ProcessState };

export function EndPanel({ object, record, process }: Props) {
  const fields = telling
    .flatMap((name) => fieldOf(object, name) ?? [])
    .filter((field) => valueText(field, record[field.name] ?? null) !== '');
  return (
    <section className={show.panel}>
      <dl className={styles.lines}>
        {fields.map((field) => (
          <div key={field.name} className={styles.told}>
            <dt className={styles.label}>{pick(field.label)}</dt>
            <dd className={styles.value}>
              <FieldValue field={field} value={record[field.name] ?? null} />
            </dd>
          </div>
        ))}
      </dl>
      <Debt checks={process.debt ?? []} />
    </section>
  );
}
