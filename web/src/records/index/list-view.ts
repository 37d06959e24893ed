// A view of a list, wherever it comes from.
import type { RecordData, SystemView } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import { readSettings, type ViewDefaults } from './view-state.ts';

export type ListView = {
  id: string;
  name: string;
  // Comes with the object, is one's own, is shared by somebody.
  kind: 'system' | 'mine' | 'team';
  defaults: ViewDefaults;
  record?: RecordData;
};

// The whole list where a view of one's own would open it.
export const all_rows = 'all';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

export function savedView(record: RecordData, member: string): ListView {
  const columns = text(record.columns).split(',').filter(Boolean);
  return {
    id: record.id,
    name: text(record.name),
    kind: record.owner?.id === member ? 'mine' : 'team',
    defaults: {
      ...readSettings(record.settings),
      filter: text(record.filter),
      sort: text(record.sort),
      columns: columns.length > 0 ? columns : undefined,
    },
    record,
  };
}

export const systemView = (view: SystemView): ListView => ({
  id: view.key,
  name: pick(view.label),
  kind: 'system',
  defaults: { filter: view.filter, sort: view.sort, columns: view.columns, group: view.group },
});
