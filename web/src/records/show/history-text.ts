// Versions of a record in words.
import { fieldOf } from '../../api/describe.ts';
import type { Comparison, ObjectDef, Version } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import type { MessageId } from '../../i18n/ids.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { pastText } from '../fields/value-text.ts';

const ways: { [via: string]: MessageId } = {
  import: 'record.via.import',
  bulk: 'record.via.bulk',
  api: 'record.via.api',
  cli: 'record.via.cli',
  system: 'record.via.system',
};

// Who, when, and by what way unless it was a screen like this one.
export function madeBy(version: Pick<Version, 'actor' | 'happened_at' | 'via' | 'verb' | 'reason'>): string {
  const way = ways[version.via];
  return [
    version.actor?.name ?? t('record.via.system'),
    instant(version.happened_at),
    version.verb === 'created' ? t('record.history.created') : '',
    way && version.actor ? t(way) : '',
    version.reason ? t('records.event.reason', { reason: version.reason }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

// What the system reckons along the way is no difference a person made.
export function differing(object: ObjectDef, comparison: Comparison) {
  return comparison.fields.flatMap(({ field: name, from, to }) => {
    const field = fieldOf(object, name);
    if (!field || field.written_by === 'system') return [];
    const row = { name, label: pick(field.label), from: pastText(field, from), to: pastText(field, to) };
    return row.from === row.to ? [] : [row];
  });
}
