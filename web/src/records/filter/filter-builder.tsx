// The filter as groups of conditions, three levels deep. What it would leave is counted before it is applied.
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { offeredFields, useCatalogue } from '../../api/describe.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { levels_max, type Node } from '../../lib/formula.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Select } from '../../ui/field/select.tsx';
import styles from './builder.module.css';
import { LiveCount } from './condition-editor.tsx';
import {
  type DraftCondition,
  type DraftGroup,
  emptyGroup,
  emptyRow,
  isDraftGroup,
  isOpen,
  replaced,
  rootOf,
  textOf,
} from './draft.ts';
import { Comparison } from './operands.tsx';
import { starting } from './operators.ts';

type Props = { object: ObjectDef; items: Node[]; onClose: () => void; onApply: (filter: string) => void };

export function FilterBuilder({ object, items, onClose, onApply }: Props) {
  const [root, setRoot] = useState(() => rootOf(items));
  const text = textOf(root);
  const unfinished = isOpen(root);
  return (
    <Dialog
      size="large"
      title={t('filter.advanced')}
      onClose={onClose}
      onSubmit={() => {
        if (!unfinished) onApply(text);
      }}
      footer={
        <>
          {unfinished ? (
            <span className={styles.note}>{t('filter.unfinished')}</span>
          ) : text ? (
            <LiveCount object={object} filter={text} />
          ) : (
            <span className={styles.note}>{t('filter.none')}</span>
          )}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={unfinished}>
            {t('common.apply')}
          </Button>
        </>
      }
    >
      <GroupRows object={object} group={root} level={1} onChange={setRoot} />
    </Dialog>
  );
}

type GroupProps = {
  object: ObjectDef;
  group: DraftGroup;
  level: number;
  onChange: (group: DraftGroup) => void;
  onRemove?: () => void;
};

function GroupRows({ object, group, level, onChange, onRemove }: GroupProps) {
  const add = (item: DraftGroup | DraftCondition) => onChange({ ...group, items: [...group.items, item] });
  return (
    <div role="group" aria-label={t('filter.group')} className={classes(styles.group, level > 1 && styles.inner)}>
      <div className={styles.head}>
        <Segments
          label={t('filter.match')}
          value={group.join}
          onChange={(join) => onChange({ ...group, join: join as 'and' | 'or' })}
          options={(['and', 'or'] as const).map((key) => ({ key, label: t(`filter.match.${key}`) }))}
        />
        {onRemove ? (
          <IconButton label={t('filter.remove_group')} onPress={onRemove}>
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {group.items.map((item) =>
        isDraftGroup(item) ? (
          <GroupRows
            key={item.key}
            object={object}
            group={item}
            level={level + 1}
            onChange={(next) => onChange(replaced(group, item.key, next))}
            onRemove={() => onChange(replaced(group, item.key, null))}
          />
        ) : (
          <Row
            key={item.key}
            object={object}
            row={item}
            onChange={(next) => onChange(replaced(group, item.key, next))}
            onRemove={() => onChange(replaced(group, item.key, null))}
          />
        ),
      )}
      <div className={styles.adds}>
        <Button look="quiet" onPress={() => add(emptyRow())}>
          <Plus size={14} aria-hidden="true" />
          {t('filter.add')}
        </Button>
        {level < levels_max ? (
          <Button look="quiet" onPress={() => add(emptyGroup(group.join === 'and' ? 'or' : 'and'))}>
            <Plus size={14} aria-hidden="true" />
            {t('filter.add_group')}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

type RowProps = {
  object: ObjectDef;
  row: DraftCondition;
  onChange: (row: DraftCondition) => void;
  onRemove: () => void;
};

function Row({ object, row, onChange, onRemove }: RowProps) {
  const catalogue = useCatalogue();
  const { condition } = row;
  const offered = offeredFields(object).filter((one) => one.filterable !== false);
  const field: Field | undefined = condition ? catalogue.path(object, condition.field) : undefined;
  // A field behind a reference is no row of this object: it stays what it is.
  const beyond = condition && field && !offered.some((one) => one.name === condition.field);
  const options = offered.map((one) => ({ key: one.name, label: pick(one.label) }));
  if (beyond) options.push({ key: condition.field, label: `${condition.field.split('.')[0]} · ${pick(field.label)}` });
  const choose = (name: string | null) => {
    const next = offered.find((one) => one.name === name);
    if (next) onChange({ ...row, condition: starting(next) });
  };
  return (
    <div className={styles.row}>
      <div className={styles.field}>
        <Select aria-label={t('filter.field')} value={condition?.field ?? null} onChange={choose} options={options} />
      </div>
      <div className={styles.comparison}>
        {condition && field ? (
          <Comparison
            key={condition.field}
            bare
            field={field}
            condition={condition}
            onChange={(next) => onChange({ ...row, condition: next })}
          />
        ) : null}
      </div>
      <IconButton label={t('filter.remove')} onPress={onRemove}>
        <Trash2 size={15} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
