// The heading of a grid: press to sort, drag to move, drag the edge for the width (double press: as it was). By the keyboard the
// same is done from a cell of the column (keys.ts).
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type PointerEvent, useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { rightAligned } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import styles from './grid.module.css';
import { cellStyle, check_width } from './grid-row.tsx';
import { sortOf, width_max, width_min } from './view-state.ts';

type Props = {
  columns: Column[];
  width: number;
  sort: string;
  selectable: boolean;
  all: boolean;
  some: boolean;
  onAll: () => void;
  onSort: (path: string) => void;
  // While dragged, and once let go; null: as it was.
  onWidth: (path: string, width: number | null, done: boolean) => void;
  onMove: (path: string, to: string) => void;
};

export function GridHead(props: Props) {
  const [dragged, setDragged] = useState('');
  const [over, setOver] = useState('');
  return (
    <div role="row" aria-rowindex={1} className={classes(styles.row, styles.headRow)} style={{ width: props.width }}>
      <div role="columnheader" className={classes(styles.cell, styles.check)} style={{ width: check_width }}>
        {props.selectable ? (
          <Checkbox
            aria-label={t('records.select_all')}
            isSelected={props.all}
            isIndeterminate={props.some && !props.all}
            onChange={props.onAll}
          />
        ) : (
          <span className="visually-hidden">{t('records.select')}</span>
        )}
      </div>
      {props.columns.map((column, at) => (
        <div
          key={column.path}
          role="columnheader"
          aria-sort={isSortable(column) ? sortOf(props.sort, column.path) : undefined}
          className={classes(
            styles.cell,
            styles.head,
            at === 0 && styles.first,
            rightAligned(column.field) && styles.right,
            over === column.path && dragged !== column.path && styles.dropHere,
          )}
          style={cellStyle(column)}
          draggable={at > 0}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', column.label);
            setDragged(column.path);
          }}
          onDragOver={(event) => {
            if (!dragged || at === 0) return;
            event.preventDefault();
            setOver(column.path);
          }}
          onDragEnd={() => {
            setDragged('');
            setOver('');
          }}
          onDrop={(event) => {
            event.preventDefault();
            if (dragged) props.onMove(dragged, column.path);
          }}
        >
          <Title column={column} sort={props.sort} onSort={props.onSort} />
          <Edge column={column} onWidth={props.onWidth} />
        </div>
      ))}
    </div>
  );
}

const isSortable = (column: Column) => column.field.sortable !== false && !column.path.includes('.');

function Title({ column, sort, onSort }: { column: Column; sort: string; onSort: (path: string) => void }) {
  if (!isSortable(column)) return <span>{column.label}</span>;
  const order = sortOf(sort, column.path);
  return (
    <button type="button" tabIndex={-1} className={styles.sort} onClick={() => onSort(column.path)}>
      <span>{column.label}</span>
      {order === 'ascending' ? <ArrowUp size={13} aria-hidden="true" /> : null}
      {order === 'descending' ? <ArrowDown size={13} aria-hidden="true" /> : null}
    </button>
  );
}

function Edge({ column, onWidth }: { column: Column; onWidth: Props['onWidth'] }) {
  const [from, setFrom] = useState<{ x: number; width: number } | null>(null);
  const widthAt = (event: PointerEvent) =>
    Math.max(width_min, Math.min(width_max, Math.round((from?.width ?? 0) + event.clientX - (from?.x ?? 0))));
  return (
    <span
      aria-hidden="true"
      className={classes(styles.edge, from && styles.edgeHeld)}
      draggable
      onDragStart={(event) => {
        // The edge is no handle of the column.
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? column.width });
      }}
      onPointerMove={(event) => {
        if (from) onWidth(column.path, widthAt(event), false);
      }}
      onPointerUp={(event) => {
        if (from && event.clientX !== from.x) onWidth(column.path, widthAt(event), true);
        setFrom(null);
      }}
      onDoubleClick={() => onWidth(column.path, null, true)}
    />
  );
}
