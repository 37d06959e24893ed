// The left column: key fields, then the sections of the layout; every line is edited where it stands. On paper all that is filled in
// is shown, and nothing else; of somebody who was erased, too.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useDeferredValue, useState } from 'react';
import { fieldOf } from '../../api/describe.ts';
import type { Field, ObjectDef, RecordData } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { usePaper } from '../../lib/paper.ts';
import { useCommit } from '../fields/use-commit.tsx';
import { valueText } from '../fields/value-text.ts';
import { useConditions } from '../form/use-conditions.ts';
import { FieldLine } from './field-line.tsx';
import styles from './field-panel.module.css';

const FieldHistory = lazy(() => import('./field-history.tsx').then((room) => ({ default: room.FieldHistory })));

const key_max = 8;

export function FieldPanel({ object, record }: { object: ObjectDef; record: RecordData }) {
  const { commit, conflict } = useCommit(object);
  const [open, setOpen] = useState<Set<string>>(new Set());
  const [past, setPast] = useState<Field | null>(null);
  const { hidden } = useConditions(object, {}, record);
  const paper = usePaper() !== '';
  // Drawn after what they stand beside: there are two or three of them on each line.
  const hasTools = useDeferredValue(true, false);
  const bare = paper || !!record.erased_at;
  const shown = (name: string) =>
    !hidden.includes(name) && (bare ? isFilled(object, record, name) : name in record || canSee(object, name));
  const key = object.layout.key.filter(shown).slice(0, key_max);
  const sections = object.layout.sections
    .map((section) => ({
      label: pick(section.label),
      fields: section.fields.filter((name) => shown(name) && !key.includes(name)),
    }))
    .filter((section) => section.fields.length > 0);
  const line = (name: string) => {
    const field = fieldOf(object, name);
    if (!field) return null;
    const onPast = () => setPast(field);
    return (
      <FieldLine
        key={name}
        object={object}
        record={record}
        field={field}
        hasTools={hasTools}
        commit={commit}
        onPast={onPast}
      />
    );
  };
  const toggle = (label: string) => {
    const next = new Set(open);
    if (!next.delete(label)) next.add(label);
    setOpen(next);
  };
  return (
    <section className={styles.panel} aria-label={t('records.fields')}>
      <dl className={styles.lines}>{key.map(line)}</dl>
      {sections.map((section, at) => {
        // Without key fields the first section is what there is to read.
        const isOpen = paper || open.has(section.label) !== (at === 0 && key.length === 0);
        return (
          <div key={section.label} className={styles.section}>
            <h2>
              <button
                type="button"
                data-printed
                className={styles.toggle}
                aria-expanded={isOpen}
                onClick={() => toggle(section.label)}
              >
                {paper ? null : <Fold isOpen={isOpen} />}
                {section.label}
              </button>
            </h2>
            {isOpen ? <dl className={styles.lines}>{section.fields.map(line)}</dl> : null}
          </div>
        );
      })}
      {conflict}
      <Suspense fallback={null}>
        {past ? <FieldHistory object={object} record={record} field={past} onClose={() => setPast(null)} /> : null}
      </Suspense>
    </section>
  );
}

function Fold({ isOpen }: { isOpen: boolean }) {
  return isOpen ? <ChevronDown size={14} aria-hidden="true" /> : <ChevronRight size={14} aria-hidden="true" />;
}

function isFilled(object: ObjectDef, record: RecordData, name: string): boolean {
  const field = fieldOf(object, name);
  return !!field && valueText(field, record[name]) !== '';
}

// A field absent from the answer is either empty or hidden; hidden ones are not in the definition the member gets.
const canSee = (object: ObjectDef, name: string): boolean => !!fieldOf(object, name);
