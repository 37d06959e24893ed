// The heading of a group: what it is, how many rows, and the sums of its columns.
import { ChevronDown, ChevronRight } from 'lucide-react';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { rightAligned, valueText } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import styles from './grid.module.css';
import { cellStyle, check_width } from './grid-row.tsx';
import { measureOf } from './groups.ts';
import type { GroupHead } from './use-list.ts';

type Props = {
  id: string;
  index: number;
  top: number;
  width: number;
  head: GroupHead;
  open: boolean;
  columns: Column[];
  active: boolean;
  onToggle: () => void;
  onPoint: () => void;
};

export function GroupRow({ id, index, top, width, head, open, columns, active, onToggle, onPoint }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-expanded={head.canOpen ? open : undefined}
      aria-level={1}
      className={classes(styles.row, styles.groupRow)}
      style={{ top, width }}
      onPointerDown={onPoint}
    >
      <div role="gridcell" className={classes(styles.cell, styles.check)} style={{ width: check_width }}>
        {head.canOpen ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles.fold}
            aria-label={t(open ? 'list.group.close' : 'list.group.open', { name: head.name })}
            onClick={onToggle}
          >
            {open ? <ChevronDown size={15} aria-hidden="true" /> : <ChevronRight size={15} aria-hidden="true" />}
          </button>
        ) : null}
      </div>
      {columns.map((column, at) => (
        <div
          key={column.path}
          id={`${id}-${index}-${at}`}
          role="gridcell"
          className={classes(
            styles.cell,
            at === 0 && styles.first,
            rightAligned(column.field) && styles.right,
            active && at === 0 && styles.active,
          )}
          style={cellStyle(column)}
          onDoubleClick={head.canOpen ? onToggle : undefined}
        >
          {at === 0 ? (
            <>
              {head.name} <span className={styles.groupCount}>{count(head.row.n)}</span>
            </>
          ) : (
            valueText(column.field, head.row[measureOf(column.path)])
          )}
        </div>
      ))}
    </div>
  );
}
