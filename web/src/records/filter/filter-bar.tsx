// The filter of a list as chips that are all true together; a formula that is more than that is one chip with its text.
import { useQueries, useQuery } from '@tanstack/react-query';
import { ListFilter, Plus, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { offeredFields, type Catalogue, useCatalogue } from '../../api/describe.ts';
import { formulaQuery, recordQuery } from '../../api/records.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { type Condition, conditionsOfTree, parseConditions, printConditions, type Tree } from '../../lib/formula.ts';
import { matchRank } from '../../lib/match.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { nameOf } from '../fields/record-name.ts';
import styles from './filter.module.css';
import { conditionText, starting } from './operators.ts';

const ConditionEditor = lazy(() =>
  import('./condition-editor.tsx').then((room) => ({ default: room.ConditionEditor })),
);
const FormulaDialog = lazy(() => import('./formula-dialog.tsx').then((room) => ({ default: room.FormulaDialog })));

type Props = { object: ObjectDef; filter: string; onChange: (filter: string) => void };

// What this builder cannot read is asked of the server, which knows labels and other spellings.
function useConditions(object: ObjectDef, filter: string): Condition[] | null {
  const own = parseConditions(filter);
  const asked = useQuery({ ...formulaQuery(object.name, filter), enabled: own === null });
  if (own) return own;
  return asked.data ? conditionsOfTree(asked.data.tree as Tree) : null;
}

export function FilterBar({ object, filter, onChange }: Props) {
  const catalogue = useCatalogue();
  const conditions = useConditions(object, filter);
  const known = conditions?.every((condition) => catalogue.path(object, condition.field));
  const [formula, setFormula] = useState(false);
  const set = (next: Condition[]) => onChange(printConditions(next));
  const text = (
    <IconButton label={t('filter.as_formula')} onPress={() => setFormula(true)}>
      <span aria-hidden="true" className={styles.fx}>
        ƒ
      </span>
    </IconButton>
  );
  return (
    <div className={styles.bar}>
      {conditions && known ? (
        conditions.map((condition, at) => (
          <Chip
            key={`${at}-${condition.field}-${condition.op}`}
            object={object}
            catalogue={catalogue}
            condition={condition}
            others={printConditions(conditions.filter((_, other) => other !== at))}
            onChange={(next) =>
              set(
                next
                  ? conditions.map((one, other) => (other === at ? next : one))
                  : conditions.filter((_, other) => other !== at),
              )
            }
          />
        ))
      ) : (
        <span className={styles.chip}>
          <button type="button" className={styles.chipText} onClick={() => setFormula(true)}>
            <ListFilter size={13} aria-hidden="true" />
            <code>{filter}</code>
          </button>
          <Clear onPress={() => onChange('')} />
        </span>
      )}
      {conditions && known ? (
        <AddCondition object={object} others={filter} onAdd={(condition) => set([...conditions, condition])} />
      ) : null}
      {text}
      {formula ? (
        <Suspense fallback={null}>
          <FormulaDialog
            object={object}
            filter={filter}
            onClose={() => setFormula(false)}
            onApply={(next) => {
              setFormula(false);
              onChange(next);
            }}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

function Clear({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className={styles.clear} aria-label={t('filter.remove')} onClick={onPress}>
      <X size={13} aria-hidden="true" />
    </button>
  );
}

type ChipProps = {
  object: ObjectDef;
  catalogue: Catalogue;
  condition: Condition;
  others: string;
  onChange: (condition: Condition | null) => void;
};

function Chip({ object, catalogue, condition, others, onChange }: ChipProps) {
  const field = catalogue.path(object, condition.field) as Field;
  const nameFor = useNames(catalogue, field, condition);
  const label = conditionText(field, condition.field, condition, nameFor);
  return (
    <span className={styles.chip}>
      <Popover
        label={label}
        trigger={
          <Button look="quiet" className={styles.chipText}>
            <ListFilter size={13} aria-hidden="true" />
            {label}
          </Button>
        }
      >
        {(close) => (
          <Suspense fallback={<Skeleton lines={3} />}>
            <ConditionEditor
              object={object}
              field={field}
              start={condition}
              others={others}
              onRemove={() => onChange(null)}
              onApply={(next) => {
                close();
                onChange(next);
              }}
            />
          </Suspense>
        )}
      </Popover>
      <Clear onPress={() => onChange(null)} />
    </span>
  );
}

// A reference in a formula is an id; a chip shows its name.
function useNames(catalogue: Catalogue, field: Field, condition: Condition): (id: string) => string {
  const target = field.type === 'reference' ? catalogue.object(field.target) : undefined;
  const ids = target ? condition.values.filter((value) => typeof value === 'string').slice(0, 2) : [];
  const records = useQueries({
    queries: ids.map((id) => ({ ...recordQuery(target?.plural ?? '', id), staleTime: 60_000, retry: false })),
  });
  return (id) => {
    const record = records.find((one) => one.data?.id === id)?.data;
    return record && target ? nameOf(target, record) : id;
  };
}

function AddCondition({
  object,
  others,
  onAdd,
}: {
  object: ObjectDef;
  others: string;
  onAdd: (condition: Condition) => void;
}) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<Field | null>(null);
  const [typed, setTyped] = useState('');
  const fields = offeredFields(object)
    .filter(
      (one) => one.filterable !== false && (typed === '' || matchRank(`${pick(one.label)} ${one.name}`, typed) > 0),
    )
    .slice(0, 60);
  const change = (next: boolean) => {
    setOpen(next);
    setField(null);
    setTyped('');
  };
  return (
    <Popover
      label={t('filter.add')}
      isOpen={open}
      onOpenChange={change}
      trigger={
        <Button look="quiet" className={styles.add}>
          <Plus size={14} aria-hidden="true" />
          {t('filter.add')}
        </Button>
      }
    >
      {field ? (
        <Suspense fallback={<Skeleton lines={3} />}>
          <ConditionEditor
            object={object}
            field={field}
            start={starting(field)}
            others={others}
            onApply={(condition) => {
              change(false);
              onAdd(condition);
            }}
          />
        </Suspense>
      ) : (
        <div className={styles.fields}>
          <SearchInput label={t('filter.find_field')} value={typed} onChange={setTyped} />
          <ul className={styles.fieldList}>
            {fields.map((one) => (
              <li key={one.name}>
                <button type="button" className={styles.fieldButton} onClick={() => setField(one)}>
                  {pick(one.label)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Popover>
  );
}
