// The one cell that keys move, and the editor in it.
import { useState } from 'react';
import type { Column } from './columns.ts';
import type { Lines } from './lines.ts';
import type { Scroll } from './use-scroll.ts';

export type Cell = { row: number; column: number }; // row: a line of the list

export function useCursor(id: string, scroller: HTMLElement | null, scroll: Scroll, lines: Lines, columns: Column[]) {
  const [cell, setCell] = useState<Cell>({ row: 0, column: 0 });
  const [editing, setEditing] = useState(false);
  const within = (to: Cell): Cell => ({
    row: Math.max(0, Math.min(lines.count - 1, to.row)),
    column: Math.max(0, Math.min(columns.length - 1, to.column)),
  });
  const move = (row: number, column: number) => {
    const to = within({ row, column });
    setCell(to);
    scroll.show(to.row);
    // Sideways, once the row is there.
    requestAnimationFrame(() => {
      document.getElementById(`${id}-${to.row}-${to.column}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  };
  const leave = () => {
    setEditing(false);
    scroller?.focus({ preventScroll: true });
  };
  // The next cell that can be edited, row after row.
  const nextEditable = (step: 1 | -1): Cell | null => {
    let { row, column } = cell;
    for (let tries = 0; tries < columns.length * 2; tries += 1) {
      column += step;
      if (column >= columns.length || column < 0) {
        row += step;
        column = step > 0 ? 0 : columns.length - 1;
      }
      const line = lines.at(row);
      if (!line) return null;
      if (line.row >= 0 && columns[column]?.editable) return { row, column };
    }
    return null;
  };
  return { cell: within(cell), setCell, editing, setEditing, move, leave, nextEditable };
}
