// A grid of records: as many rows as there are, read where the eye is; sticky heading, first column and sums; groups that fold;
// one moving cell (aria-activedescendant), edit in place. TanStack Table and Virtual are not used: the server sorts, filters,
// groups and pages, every row is equally high, and more rows than an element can be high are scaled (scale.ts).
import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useActions } from '../../actions/registry.ts';
import type { RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { valueText } from '../fields/value-text.ts';
import { placeOf, usePeekTrail } from '../peek.ts';
import { movedColumn } from './columns.ts';
import { FootRow } from './foot-row.tsx';
import { GridHead } from './grid-head.tsx';
import { check_width, GridRow } from './grid-row.tsx';
import styles from './grid.module.css';
import type { GridProps } from './grid-props.ts';
import { GroupRow } from './group-row.tsx';
import { hasTotal } from './groups.ts';
import { isLetter, type RowKey, rowKeyOf, rowKeys } from './keys.ts';
import { useCursor } from './use-cursor.ts';
import type { GroupHead } from './use-list.ts';
import { usePages } from './use-pages.ts';
import { useScroll } from './use-scroll.ts';
import { densities, type Widths } from './view-state.ts';

const CellEditor = lazy(() => import('./cell-editor.tsx').then((room) => ({ default: room.CellEditor })));

const head_height = 36;
const foot_height = 36;
const width_step = 16;
const paste_rows_max = 500;

export function Grid(props: GridProps) {
  const { list, selected, density } = props;
  const { lines } = list;
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const id = useId();
  const [dragged, setDragged] = useState<Widths>({});
  const columns = props.columns.map((one) => {
    const width = dragged[one.path];
    return width === undefined ? one : { ...one, width, grows: false };
  });
  const rowHeight = densities[density];
  const foot = columns.some(hasTotal);
  const scroll = useScroll(scroller, props.name, lines.count, rowHeight, head_height + (foot ? foot_height : 0));
  const pages = usePages(props.asked, lines, scroll.first, scroll.last);
  usePeekTrail(() => pages.read().map((one) => placeOf(props.object.plural, one.id)));
  const cursor = useCursor(id, scroller, scroll, lines, columns);
  const { cell, editing } = cursor;
  const [shown, setShown] = useState(props.name);
  if (shown !== props.name) {
    setShown(props.name);
    cursor.setCell({ row: 0, column: 0 });
    cursor.setEditing(false);
  }
  const mark = useRef(0);
  useImperativeHandle(props.handle, () => ({
    jump: (row) => {
      const line = Math.max(0, Math.min(lines.count - 1, row));
      scroll.jump(line);
      cursor.setCell({ row: line, column: cell.column });
      scroller?.focus({ preventScroll: true });
    },
  }));

  const line = lines.at(cell.row);
  const record = pages.at(line);
  const column = columns[cell.column];
  const headAt = (part: number): GroupHead | undefined => (lines.parts[part]?.heading ? list.heads[part] : undefined);
  const here = line && line.row < 0 ? headAt(line.part) : undefined;

  const toggle = (row: number, range: boolean) => {
    const one = pages.at(lines.at(row));
    if (!one || !props.selectable) return;
    const next = new Set(selected);
    if (range) {
      const [from, to] = [Math.min(mark.current, row), Math.max(mark.current, row)];
      for (let at = from; at <= to; at += 1) {
        const between = pages.at(lines.at(at));
        if (between) next.add(between.id);
      }
    } else if (!next.delete(one.id)) next.add(one.id);
    mark.current = row;
    props.onSelect(next);
  };
  const edit = (row: number, at: number) => {
    if (!columns[at]?.editable || !pages.at(lines.at(row))) return;
    cursor.setCell({ row, column: at });
    cursor.setEditing(true);
  };
  const resize = (path: string, width: number | null, done: boolean) => {
    if (!done && width !== null) return setDragged({ [path]: width });
    setDragged({});
    const { [path]: _, ...rest } = props.widths;
    props.onWidths(width === null ? rest : { ...rest, [path]: width });
  };
  const shift = (step: 1 | -1) => {
    const paths = columns.map((one) => one.path);
    const next = movedColumn(paths, column?.path ?? '', paths[cell.column + step] ?? '');
    if (next === paths) return;
    props.onColumns(next);
    cursor.move(cell.row, cell.column + step);
  };
  const widen = (by: number) => column && resize(column.path, Math.max(60, Math.min(800, column.width + by)), true);

  const deeds: { [key in RowKey]: () => void } = {
    down: () => cursor.move(cell.row + 1, cell.column),
    up: () => cursor.move(cell.row - 1, cell.column),
    right: () => (here && !lines.parts[line?.part ?? 0]?.open ? fold() : cursor.move(cell.row, cell.column + 1)),
    left: () => (here && lines.parts[line?.part ?? 0]?.open ? fold() : cursor.move(cell.row, cell.column - 1)),
    page_down: () => cursor.move(cell.row + scroll.page, cell.column),
    page_up: () => cursor.move(cell.row - scroll.page, cell.column),
    first_column: () => cursor.move(cell.row, 0),
    last_column: () => cursor.move(cell.row, columns.length - 1),
    first: () => cursor.move(0, cell.column),
    last: () => cursor.move(lines.count - 1, cell.column),
    open: () => (here ? fold() : column?.editable && cell.column > 0 ? edit(cell.row, cell.column) : open()),
    peek: () =>
      here ? fold() : record && (props.onPeek ?? props.onOpen)(record, document.getElementById(`${id}-${cell.row}-0`)),
    menu: () => {
      const from = document.getElementById(`${id}-${cell.row}-0`);
      if (record && from) props.onMenu(record, from);
    },
    select: () => toggle(cell.row, false),
    select_range: () => toggle(cell.row, true),
    edit: () => edit(cell.row, cell.column),
    copy: () => record && column && void navigator.clipboard?.writeText(valueText(column.field, record[column.path])),
    wider: () => widen(width_step),
    narrower: () => widen(-width_step),
    column_right: () => shift(1),
    column_left: () => shift(-1),
  };
  const open = () => record && props.onOpen(record);
  const fold = () => here?.canOpen && list.toggle(here.key);
  useActions(
    rowKeys.map(({ id: name, keys: [keys], label: said }) => ({
      id: `list.${name}`,
      label: t(said),
      group: 'list' as const,
      keys,
      keysOnly: true,
      run: () => {
        if (!isLetter(keys)) return false;
        scroller?.focus({ preventScroll: true });
        deeds[name]();
      },
    })),
  );
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== scroller || event.nativeEvent.isComposing || event.keyCode === 229) return;
    // A choice that was refused left the focus here.
    const key = rowKeyOf(event.nativeEvent);
    const run = editing && event.key === 'Escape' ? cursor.leave : key && deeds[key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.target !== scroller || !props.onPaste) return;
    event.preventDefault();
    const below: RecordData[] = [];
    for (let at = cell.row; below.length < paste_rows_max; at += 1) {
      const one = pages.at(lines.at(at));
      if (!one) break;
      below.push(one);
    }
    props.onPaste(event.clipboardData.getData('text/plain'), below, columns.slice(cell.column));
  };

  const read = pages.read();
  const some = selected.size > 0;
  const all = some && read.length > 0 && read.every((one) => selected.has(one.id));
  const width = columns.reduce((sum, one) => sum + one.width, check_width);
  const rows = Array.from({ length: Math.max(0, scroll.last - scroll.first + 1) }, (_, at) => scroll.first + at);
  return (
    <div
      ref={setScroller}
      role={list.heads.length > 0 ? 'treegrid' : 'grid'}
      aria-label={props.label}
      aria-rowcount={list.total === undefined ? -1 : lines.count + 2}
      aria-colcount={columns.length + 1}
      aria-multiselectable={props.selectable || undefined}
      aria-activedescendant={line ? `${id}-${cell.row}-${cell.column}` : undefined}
      aria-busy={pages.isFetching}
      tabIndex={0}
      onKeyDown={onKey}
      onPaste={onPaste}
      className={styles.grid}
      style={{ '--list-row': `${rowHeight}px` } as object}
    >
      <GridHead
        columns={columns}
        width={width}
        sort={props.sort}
        selectable={props.selectable}
        all={all}
        some={some}
        onAll={() => props.onSelect(all ? new Set() : new Set(read.map((one) => one.id)))}
        onSort={props.onSort}
        onWidth={resize}
        onMove={(path, to) =>
          props.onColumns(
            movedColumn(
              columns.map((one) => one.path),
              path,
              to,
            ),
          )
        }
      />
      <div role="presentation" className={styles.body} style={{ height: scroll.height, width }}>
        {rows.map((row) => {
          const at = lines.at(row);
          const head = at && at.row < 0 ? headAt(at.part) : undefined;
          const shared = { id, index: row, top: scroll.topOf(row), width, columns };
          if (at && head)
            return (
              <GroupRow
                key={`g${head.key}`}
                {...shared}
                head={head}
                open={!!lines.parts[at.part]?.open}
                active={row === cell.row}
                onToggle={() => list.toggle(head.key)}
                onPoint={() => cursor.setCell({ row, column: 0 })}
              />
            );
          const one = pages.at(at);
          return (
            <GridRow
              key={row}
              {...shared}
              plural={props.object.plural}
              record={one}
              activeColumn={row === cell.row ? cell.column : -1}
              selected={!!one && selected.has(one.id)}
              selectable={props.selectable}
              onToggle={(_, range) => toggle(row, range)}
              onPoint={(to) => {
                if (!editing) cursor.setCell({ row, column: to });
              }}
              onEdit={(to) => edit(row, to)}
              onMenu={props.onMenu}
              editor={
                editing && row === cell.row && record && column ? (
                  <Suspense fallback={null}>
                    <CellEditor
                      key={`${record.id}-${column.path}`}
                      field={column.field}
                      value={record[column.path] ?? null}
                      onCancel={cursor.leave}
                      onDone={async (value, step) => {
                        const next = step === 0 ? null : cursor.nextEditable(step);
                        const refused = await props.onCommit(record, column, value);
                        if (refused) return refused;
                        if (next) {
                          cursor.move(next.row, next.column);
                          cursor.setEditing(true);
                        } else cursor.leave();
                        return '';
                      }}
                    />
                  </Suspense>
                ) : null
              }
            />
          );
        })}
      </div>
      {foot ? (
        <FootRow
          rowIndex={lines.count + 2}
          columns={columns}
          width={width}
          summed={props.summed}
          totals={list.totals}
          onTotal={props.onTotal}
        />
      ) : null}
    </div>
  );
}
