// The filter of a list as chips that are all true together; a group of conditions is a chip that opens the builder, and a
// formula that is more than that is one chip with its text.
import { useQuery } from '@tanstack/react-query';
import { ListFilter, Plus, SlidersHorizontal } from 'lucide-react';
import { lazy, type Ref, Suspense, useState } from 'react';
import { offeredFields, useCatalogue } from '../../api/describe.ts';
import { formulaQuery } from '../../api/records.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { type Condition, type Node, printItems } from '../../lib/formula.ts';
import { filterOfTree, parseFilter, type Tree } from '../../lib/formula-parse.ts';
import { matchRank } from '../../lib/match.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { Chip, Clear, conditionsIn } from './chip.tsx';
import { isTooDeep } from './draft.ts';
import styles from './filter.module.css';
import { starting } from './operators.ts';

const ConditionEditor = lazy(() =>
  import('./condition-editor.tsx').then((room) => ({ default: room.ConditionEditor })),
);
const FilterBuilder = lazy(() => import('./filter-builder.tsx').then((room) => ({ default: room.FilterBuilder })));
const FormulaDialog = lazy(() => import('./formula-dialog.tsx').then((room) => ({ default: room.FormulaDialog })));

type Props = {
  object: ObjectDef;
  filter: string;
  onChange: (filter: string) => void;
  addRef?: Ref<HTMLButtonElement>;
};

// What this builder cannot read is asked of the server, which knows labels and other spellings. Null: a formula, or not yet known.
function useItems(object: ObjectDef, filter: string): Node[] | null {
  const catalogue = useCatalogue();
  const own = parseFilter(filter);
  const asked = useQuery({ ...formulaQuery(object.name, filter), enabled: own === null });
  const items = own ?? (asked.data ? filterOfTree(asked.data.tree as Tree) : null);
  const known = items?.flatMap(conditionsIn).every((condition) => catalogue.path(object, condition.field));
  return known && items && !isTooDeep(items) ? items : null;
}

export function FilterBar({ object, filter, onChange, addRef }: Props) {
  const items = useItems(object, filter);
  const [open, setOpen] = useState<'builder' | 'formula' | null>(null);
  const set = (next: Node[]) => onChange(printItems(next));
  const apply = (next: string) => {
    setOpen(null);
    onChange(next);
  };
  return (
    <div className={styles.bar}>
      {items ? (
        items.map((node, at) => (
          <Chip
            key={`${at}-${conditionsIn(node)[0]?.field}`}
            object={object}
            node={node}
            others={printItems(items.filter((_, other) => other !== at))}
            onBuild={() => setOpen('builder')}
            onChange={(next) => set(items.flatMap((one, other) => (other === at ? (next ?? []) : one)))}
          />
        ))
      ) : (
        <span className={styles.chip}>
          <button type="button" className={styles.chipText} onClick={() => setOpen('formula')}>
            <ListFilter size={13} aria-hidden="true" />
            <code>{filter}</code>
          </button>
          <Clear onPress={() => onChange('')} />
        </span>
      )}
      {items ? (
        <>
          <AddCondition
            object={object}
            others={filter}
            addRef={addRef}
            onAdd={(condition) => set([...items, condition])}
          />
          <IconButton label={t('filter.advanced')} onPress={() => setOpen('builder')}>
            <SlidersHorizontal size={15} aria-hidden="true" />
          </IconButton>
        </>
      ) : null}
      <IconButton label={t('filter.as_formula')} onPress={() => setOpen('formula')}>
        <span aria-hidden="true" className={styles.fx}>
          ƒ
        </span>
      </IconButton>
      <Suspense fallback={null}>
        {open === 'builder' && items ? (
          <FilterBuilder object={object} items={items} onClose={() => setOpen(null)} onApply={apply} />
        ) : null}
        {open === 'formula' ? (
          <FormulaDialog object={object} filter={filter} onClose={() => setOpen(null)} onApply={apply} />
        ) : null}
      </Suspense>
    </div>
  );
}

function AddCondition({
  object,
  others,
  addRef,
  onAdd,
}: {
  object: ObjectDef;
  others: string;
  addRef?: Ref<HTMLButtonElement>;
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
        <Button look="quiet" className={styles.add} ref={addRef}>
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
