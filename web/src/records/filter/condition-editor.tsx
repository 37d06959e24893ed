// One condition: comparison and value. The count of what it would leave is shown before it is applied.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '../../api/problem.ts';
import { countQuery } from '../../api/records.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { both, type Condition, printCondition } from '../../lib/formula.ts';
import { Button } from '../../ui/button/button.tsx';
import styles from './filter.module.css';
import { Comparison } from './operands.tsx';
import { isComplete } from './operators.ts';

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
  const complete = isComplete(condition);
  return (
    <form
      className={styles.editor}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onApply(condition);
      }}
    >
      <Comparison field={field} condition={condition} autoFocus onChange={setCondition} />
      <div className={styles.foot}>
        <LiveCount object={object} filter={complete ? both(others, printCondition(condition)) : ''} />
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
