// What is asked of a record first, in one row: on a phone its fields are folded.
import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import { FieldValue } from '../fields/field-value.tsx';
import { valueText } from '../fields/value-text.ts';
import styles from './phone-columns.module.css';

const facts_max = 3;
// The head of the page and the panel of what comes next say these.
const elsewhere = ['account', 'owner', 'next_step', 'next_step_on'];

export function KeyFacts({ object, record }: { object: ObjectDef; record: RecordData }) {
  const facts = object.layout.key
    .filter((name) => !elsewhere.includes(name))
    .flatMap((name) => fieldOf(object, name) ?? [])
    .filter((field) => valueText(field, record[field.name] ?? null) !== '')
    .slice(0, facts_max);
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map((field) => (
        <div key={field.name}>
          <dt>{pick(field.label)}</dt>
          <dd>
            <FieldValue field={field} value={record[field.name] ?? null} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
