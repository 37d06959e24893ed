// What one event of the ledger says in a line, and what changed in it.
import type { Catalogue } from '../../api/describe.ts';
import { fieldOf } from '../../api/describe.ts';
import type { Field, ObjectDef, TimelineEvent, Value } from '../../api/types.ts';
import { list } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { pastText, valueText } from '../fields/value-text.ts';

export type ChangeLine = { field: Field; label: string; old: string; new: string };

// Verbs that the ledger knows of, each a sentence of the one who did it.
const deeds = [
  'won',
  'lost',
  'reopened',
  'converted',
  'disqualified',
  'completed',
  'handed_over',
  'locked',
  'unlocked',
  'linked',
  'published',
  'purged',
  'adopted',
  'invited',
  'sight_looked_at',
  'identity_linked',
  'identity_unlinked',
  'second_factor_on',
  'second_factor_off',
  'signed_out',
  'token_made',
  'token_revoked',
  'password_set',
  'recovery_renewed',
  'codes_unlocked',
  'person_exported',
  'erased',
  'withdrawn',
  'granted',
  'refused',
  'lapsed',
  'approval_asked',
  'approval_refused',
  'approval_withdrawn',
  'approval_lapsed',
] as const;
const isDeed = (verb: string): verb is (typeof deeds)[number] => deeds.some((one) => one === verb);

export function changeLines(object: ObjectDef, event: TimelineEvent, without: string[] = []): ChangeLine[] {
  return (event.changes ?? []).flatMap((change) => {
    const field = fieldOf(object, change.field);
    // What the system writes along the way is no news.
    if (!field || field.written_by === 'system' || without.includes(field.name)) return [];
    const text = (value: Value) => pastText(field, value);
    const line = { field, label: pick(field.label), old: text(change.old), new: text(change.new) };
    return line.old === line.new ? [] : [line];
  });
}

export function eventText(catalogue: Catalogue, page: ObjectDef, event: TimelineEvent): string {
  const object = catalogue.object(event.object) ?? page;
  const name = within(object.label);
  const child = event.object !== page.name;
  if (event.verb === 'created') {
    if (!child) return t('records.event.created', { object: name });
    return t('records.event.child', {
      object: kindOf(object, event) || pick(object.label),
      name: event.title || nameOfChild(object, event),
    });
  }
  if (event.verb === 'revealed') {
    const fields = (event.changes ?? []).flatMap((change) => fieldOf(object, change.field) ?? []);
    return t('records.event.revealed', { fields: list(fields.map((field) => pick(field.label))) });
  }
  if (event.erased) return t('records.event.gone');
  const { verb: deed } = event;
  if (isDeed(deed)) return t(`records.event.${deed}`, { object: name });
  const stage = event.changes?.find((change) => change.field === 'stage');
  if (stage) {
    const field = fieldOf(object, 'stage');
    const text = (value: Value) => (field ? valueText(field, value) : String(value ?? ''));
    const way = event.verb === 'stepped_back' ? 'records.event.moved_back' : 'records.event.moved';
    if (stage.old) return t(way, { from: text(stage.old), to: text(stage.new) });
  }
  if (event.verb === 'changed') {
    const labels = changeLines(object, event).map((line) => line.label);
    return labels.length > 0
      ? t('records.event.changed', { fields: list(labels.slice(0, 4)) })
      : t('records.event.saved');
  }
  if (event.verb === 'deleted') return t('records.event.deleted', { object: name });
  if (event.verb === 'restored') return t('records.event.restored', { object: name });
  const verb = object.verbs.find((one) => one.name === event.verb);
  return verb ? pick(verb.label) : (event.title ?? event.verb);
}

export function kindOf(object: ObjectDef, event: TimelineEvent): string {
  const field = fieldOf(object, 'kind');
  const value = event.record?.kind;
  return field && value ? valueText(field, value) : '';
}

function nameOfChild(object: ObjectDef, event: TimelineEvent): string {
  const field = fieldOf(object, object.name_field);
  return field && event.record ? valueText(field, event.record[field.name]) : '';
}
