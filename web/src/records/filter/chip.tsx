// One part of a filter as a chip: a condition opens its editor, a group of conditions the builder.
import { useQueries } from '@tanstack/react-query';
import { ListFilter, LockKeyhole, Star, X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { type Catalogue, useCatalogue } from '../../api/describe.ts';
import { recordQuery } from '../../api/records.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { type Condition, isGroup, type Node } from '../../lib/formula.ts';
import { Button } from '../../ui/button/button.tsx';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { nameOf } from '../fields/record-name.ts';
import styles from './filter.module.css';
import { conditionText, markOf, nodeText } from './operators.ts';

const ConditionEditor = lazy(() =>
  import('./condition-editor.tsx').then((room) => ({ default: room.ConditionEditor })),
);

type Props = {
  object: ObjectDef;
  node: Node;
  others: string;
  onChange: (node: Node | null) => void;
  onBuild: () => void;
};

export function Chip({ object, node, others, onChange, onBuild }: Props) {
  const catalogue = useCatalogue();
  const text = useText(catalogue, object, node);
  const group = isGroup(node);
  const mark = group ? undefined : markOf(node);
  const Mark = mark === 'filter.locked' ? LockKeyhole : Star;
  if (mark)
    return (
      <span className={styles.chip}>
        <span className={styles.chipText}>
          <Mark size={13} aria-hidden="true" />
          {text}
        </span>
        <Clear onPress={() => onChange(null)} />
      </span>
    );
  return (
    <span className={styles.chip}>
      {group ? (
        <Button look="quiet" className={styles.chipText} onPress={onBuild}>
          <ListFilter size={13} aria-hidden="true" />
          <span className={styles.chipGroup}>{text}</span>
        </Button>
      ) : (
        <Popover
          label={text}
          trigger={
            <Button look="quiet" className={styles.chipText}>
              <ListFilter size={13} aria-hidden="true" />
              {text}
            </Button>
          }
        >
          {(close) => (
            <Suspense fallback={<Skeleton lines={3} />}>
              <ConditionEditor
                object={object}
                field={catalogue.path(object, node.field) as Field}
                start={node}
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
      )}
      <Clear onPress={() => onChange(null)} />
    </span>
  );
}

export function Clear({ onPress }: { onPress: () => void }) {
  return (
    <button type="button" className={styles.clear} aria-label={t('filter.remove')} onClick={onPress}>
      <X size={13} aria-hidden="true" />
    </button>
  );
}

export const conditionsIn = (node: Node): Condition[] => (isGroup(node) ? node.items.flatMap(conditionsIn) : [node]);

// A reference in a formula is an id; a chip shows its name.
function useText(catalogue: Catalogue, object: ObjectDef, node: Node): string {
  const targetOf = (condition: Condition) => catalogue.object(catalogue.path(object, condition.field)?.target);
  const wanted = conditionsIn(node).flatMap((condition) => {
    const target = targetOf(condition);
    if (!target) return [];
    return condition.values.flatMap((id) => (typeof id === 'string' ? [{ target, id }] : [])).slice(0, 2);
  });
  const records = useQueries({
    queries: wanted.map(({ target, id }) => ({ ...recordQuery(target.plural, id), staleTime: 60_000, retry: false })),
  });
  return nodeText(node, (condition) => {
    const field = catalogue.path(object, condition.field);
    const nameFor = (id: string) => {
      const record = records.find((one) => one.data?.id === id)?.data;
      const target = targetOf(condition);
      return record && target ? nameOf(target, record) : id;
    };
    return field ? conditionText(field, condition.field, condition, nameFor) : condition.field;
  });
}
