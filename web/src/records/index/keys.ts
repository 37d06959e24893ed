// The keys of a list, in one table: the grid obeys it, the sheet of keys and the palette read it (actions/registry.ts). The first of
// a row is the one that is shown. A letter works wherever the focus is on the page, everything else only in the rows: arrows and
// Enter belong to whatever has the focus.
import { comboOf } from '../../actions/keys.ts';
import type { MessageId } from '../../i18n/ids.ts';

export const rowKeys = [
  { id: 'down', keys: ['j', 'arrowdown'], label: 'list.key.down' },
  { id: 'up', keys: ['k', 'arrowup'], label: 'list.key.up' },
  { id: 'right', keys: ['arrowright'], label: 'list.key.right' },
  { id: 'left', keys: ['arrowleft'], label: 'list.key.left' },
  { id: 'page_down', keys: ['pagedown'], label: 'list.key.page_down' },
  { id: 'page_up', keys: ['pageup'], label: 'list.key.page_up' },
  { id: 'first_column', keys: ['home'], label: 'list.key.first_column' },
  { id: 'last_column', keys: ['end'], label: 'list.key.last_column' },
  { id: 'first', keys: ['mod+home'], label: 'list.key.first' },
  { id: 'last', keys: ['mod+end'], label: 'list.key.last' },
  { id: 'open', keys: ['enter'], label: 'list.key.open' },
  { id: 'peek', keys: ['space'], label: 'list.key.peek' },
  { id: 'menu', keys: ['m'], label: 'list.key.menu' },
  { id: 'select', keys: ['x'], label: 'list.key.select' },
  { id: 'select_range', keys: ['shift+x'], label: 'list.key.select_range' },
  { id: 'edit', keys: ['e', 'f2'], label: 'list.key.edit' },
  { id: 'copy', keys: ['mod+c'], label: 'list.key.copy' },
  { id: 'wider', keys: ['alt+shift+arrowright'], label: 'list.key.wider' },
  { id: 'narrower', keys: ['alt+shift+arrowleft'], label: 'list.key.narrower' },
  { id: 'column_right', keys: ['alt+arrowright'], label: 'list.key.column_right' },
  { id: 'column_left', keys: ['alt+arrowleft'], label: 'list.key.column_left' },
] as const satisfies { id: string; keys: string[]; label: MessageId }[];

export const pageKeys = [
  { id: 'search', keys: ['/'], label: 'records.search' },
  { id: 'filter', keys: ['f'], label: 'list.key.filter' },
  { id: 'views', keys: ['v'], label: 'list.key.views' },
] as const satisfies { id: string; keys: string[]; label: MessageId }[];

export type RowKey = (typeof rowKeys)[number]['id'];

export const rowKeyOf = (event: KeyboardEvent): RowKey | undefined =>
  rowKeys.find((one) => (one.keys as readonly string[]).includes(comboOf(event)))?.id;

export const isLetter = (keys: string): boolean => /^(shift\+)?[a-z]$/.test(keys);
