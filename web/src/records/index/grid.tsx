// A grid of records: virtual rows, sticky header and first column, one moving cell (aria-activedescendant), edit in place.
// TanStack Table is not used: the server sorts, filters and pages, and columns are the view's own list; nothing was left for
// it to do but its 13 KB.
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import type { RecordData, Value } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { classes } from '../../ui/classes.ts';
import { rightAligned } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import { GridRow } from './grid-row.tsx';
import styles from './grid.module.css';
import { type Rows, wantsMore } from './rows.ts';
import { sortOf } from './view-state.ts';

const CellEditor = lazy(() => import('./cell-editor.tsx').then((room) => ({ default: room.CellEditor })));

export type Cell = { row: number; column: number };
type Props = {
  label: string;
  plural: string;
  columns: Column[];
  rows: Rows;
  sort: string;
  selected: Set<string>;
  selectable: boolean;
  isFetching: boolean;
  onMore: () => void;
  onSort: (path: string) => void;
  onSelect: (ids: Set<string>) => void;
  onOpen: (record: RecordData) => void;
  onPeek?: (record: RecordData, from: Element | null) => void;
  onCommit: (record: RecordData, column: Column, value: Value) => Promise<string>;
};

const rowHeight = 36;

export function Grid(props: Props) {
  const { columns, rows, selected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [cell, setCell] = useState<Cell>({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
  });
  const items = virtual.getVirtualItems();
  const last = items[items.length - 1]?.index ?? 0;
  const { onMore, isFetching } = props;
  const more = !isFetching && wantsMore(rows, last);
  useEffect(() => {
    if (more) onMore();
  }, [more, onMore]);

  const record = rows.at(cell.row);
  const column = columns[cell.column];
  const focusGrid = () => scroller.current?.focus({ preventScroll: true });
  const move = (row: number, at: number) => {
    const to = {
      row: Math.max(0, Math.min(rows.loaded - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, at)),
    };
    setCell(to);
    virtual.scrollToIndex(to.row);
    requestAnimationFrame(() => {
      document.getElementById(`${id}-${to.row}-${to.column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  };
  const edit = (at: Cell) => {
    if (!columns[at.column]?.editable || !rows.at(at.row)) return;
    setCell(at);
    setEditing(true);
  };
  const leave = () => {
    setEditing(false);
    focusGrid();
  };
  const nextEditable = (step: 1 | -1) => {
    let { row, column: at } = cell;
    for (let tries = 0; tries < columns.length * 2; tries += 1) {
      at += step;
      if (at >= columns.length || at < 0) {
        row += step;
        at = step > 0 ? 0 : columns.length - 1;
      }
      if (row < 0 || row >= rows.loaded) break;
      if (columns[at]?.editable) return { row, column: at };
    }
    return null;
  };
  const toggle = (one: RecordData | undefined) => {
    if (!one || !props.selectable) return;
    const next = new Set(selected);
    if (!next.delete(one.id)) next.add(one.id);
    props.onSelect(next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (
      event.target !== scroller.current ||
      event.nativeEvent.isComposing ||
      event.metaKey ||
      event.ctrlKey ||
      event.altKey
    )
      return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => move(cell.row + 1, cell.column),
      j: () => move(cell.row + 1, cell.column),
      ArrowUp: () => move(cell.row - 1, cell.column),
      k: () => move(cell.row - 1, cell.column),
      ArrowRight: () => move(cell.row, cell.column + 1),
      ArrowLeft: () => move(cell.row, cell.column - 1),
      PageDown: () => move(cell.row + page, cell.column),
      PageUp: () => move(cell.row - page, cell.column),
      Home: () => move(cell.row, 0),
      End: () => move(cell.row, columns.length - 1),
      x: () => toggle(record),
      ' ': () => record && props.onPeek?.(record, document.getElementById(`${id}-${cell.row}-0`)),
      F2: () => edit(cell),
      e: () => edit(cell),
      Enter: () => (column?.editable && cell.column > 0 ? edit(cell) : record && props.onOpen(record)),
    };
    // A choice that was refused left the focus here.
    if (editing) keys.Escape = leave;
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  };
  const some = selected.size > 0;
  const all =
    some &&
    rows.loaded > 0 &&
    Array.from({ length: rows.loaded }, (_, at) => rows.at(at)?.id).every((one) => one && selected.has(one));
  const width = columns.reduce((sum, one) => sum + one.width, 44);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.total === undefined ? -1 : rows.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable={props.selectable || undefined}
      aria-activedescendant={record ? `${id}-${cell.row}-${cell.column}` : undefined}
      aria-busy={isFetching}
      tabIndex={0}
      onKeyDown={onKey}
      className={styles.grid}
    >
      <div role="row" aria-rowindex={1} className={classes(styles.row, styles.headRow)} style={{ width }}>
        <div role="columnheader" className={classes(styles.cell, styles.check)} style={{ width: 44 }}>
          {props.selectable ? (
            <Checkbox
              aria-label={t('records.select_all')}
              isSelected={all}
              isIndeterminate={some && !all}
              onChange={() =>
                props.onSelect(
                  all ? new Set() : new Set(Array.from({ length: rows.loaded }, (_, at) => rows.at(at)?.id ?? '')),
                )
              }
            />
          ) : (
            <span className="visually-hidden">{t('records.select')}</span>
          )}
        </div>
        {columns.map((one, at) => (
          <Header key={one.path} column={one} first={at === 0} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
      <div role="presentation" className={styles.body} style={{ height: virtual.getTotalSize(), width }}>
        {items.map((item) => (
          <GridRow
            key={item.key}
            id={id}
            plural={props.plural}
            index={item.index}
            top={item.start}
            width={width}
            record={rows.at(item.index)}
            columns={columns}
            activeColumn={item.index === cell.row ? cell.column : -1}
            selected={selected.has(rows.at(item.index)?.id ?? '')}
            selectable={props.selectable}
            onToggle={toggle}
            onPoint={(at) => {
              if (!editing) setCell({ row: item.index, column: at });
            }}
            onEdit={(at) => edit({ row: item.index, column: at })}
            editor={
              editing && item.index === cell.row && record && column ? (
                <Suspense fallback={null}>
                  <CellEditor
                    key={`${record.id}-${column.path}`}
                    field={column.field}
                    value={record[column.path] ?? null}
                    onCancel={leave}
                    onDone={async (value, step) => {
                      const next = step === 0 ? null : nextEditable(step);
                      const refused = await props.onCommit(record, column, value);
                      if (refused) return refused;
                      if (next) {
                        move(next.row, next.column);
                        setEditing(true);
                      } else leave();
                      return '';
                    }}
                  />
                </Suspense>
              ) : null
            }
          />
        ))}
      </div>
    </div>
  );
}

function Header({
  column,
  first,
  sort,
  onSort,
}: {
  column: Column;
  first: boolean;
  sort: string;
  onSort: (path: string) => void;
}) {
  const order = sortOf(sort, column.path);
  const sortable = column.field.sortable !== false && !column.path.includes('.');
  return (
    <div
      role="columnheader"
      aria-sort={sortable ? order : undefined}
      className={classes(styles.cell, styles.head, first && styles.first, rightAligned(column.field) && styles.right)}
      style={{ width: column.width, flexGrow: column.grows ? 1 : 0 }}
    >
      {sortable ? (
        <button type="button" tabIndex={-1} className={styles.sort} onClick={() => onSort(column.path)}>
          <span>{column.label}</span>
          {order === 'ascending' ? <ArrowUp size={13} aria-hidden="true" /> : null}
          {order === 'descending' ? <ArrowDown size={13} aria-hidden="true" /> : null}
        </button>
      ) : (
        <span>{column.label}</span>
      )}
    </div>
  );
}
