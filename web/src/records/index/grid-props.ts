// What a grid is given, and what it tells.
import type { Ref } from 'react';
import type { ObjectDef, RecordData, Value } from '../../api/types.ts';
import type { Column } from './columns.ts';
import type { Summed } from './groups.ts';
import type { ListOf } from './use-list.ts';
import type { Asked } from './use-pages.ts';
import type { OpenRowMenu } from './use-row-menu.tsx';
import type { Density, TotalKind, Widths } from './view-state.ts';

export type GridHandle = { jump: (row: number) => void };
export type GridProps = {
  handle?: Ref<GridHandle>;
  object: ObjectDef;
  // Which list it is: another one begins at its top.
  name: string;
  label: string;
  columns: Column[];
  list: ListOf;
  asked: Asked;
  sort: string;
  density: Density;
  widths: Widths;
  summed: Summed[];
  selected: Set<string>;
  selectable: boolean;
  onSort: (path: string) => void;
  onSelect: (ids: Set<string>) => void;
  onOpen: (record: RecordData) => void;
  onPeek?: (record: RecordData, from: Element | null) => void;
  onMenu: OpenRowMenu;
  onCommit: (record: RecordData, column: Column, value: Value) => Promise<string>;
  onWidths: (widths: Widths) => void;
  onColumns: (paths: string[]) => void;
  onTotal: (path: string, kind: TotalKind) => void;
  // Text that was pasted with the cursor here, and the rows from here on that are read.
  onPaste?: (text: string, records: RecordData[], columns: Column[]) => void;
};
