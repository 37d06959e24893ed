// The way back from what a person just did, by the API's own means: a move is moved back, an end is reopened, and a field
// gets its former value. It leads only from where the deed left the record: what somebody changed since stays theirs.
import { canEdit, fieldOf } from '../api/describe.ts';
import { get } from '../api/client.ts';
import { act, changeRecord } from '../api/records.ts';
import type { Field, ObjectDef, RecordData, Value, Verb } from '../api/types.ts';
import { t } from '../i18n/i18n.ts';
import { same, toWire } from './fields/wire.ts';

export type WayBack = { verb?: { name: string; to?: string }; fields: Field[] };

const ends = new Set(['win', 'lose', 'disqualify']);
const isOpen = (record: RecordData): boolean => (record.outcome ?? 'open') === 'open';
const valueOf = (record: RecordData, field: Field): Value => record[field.name] ?? null;

// Null where there is no way back for this member.
export function wayBack(object: ObjectDef, verb: Verb, before: RecordData, after: RecordData): WayBack | null {
  const may = (name: string) => object.verbs.some((one) => one.name === name);
  const stage = typeof before.stage === 'string' && before.stage !== after.stage ? before.stage : undefined;
  if (verb.name === 'advance')
    return stage && isOpen(after) && may('step_back') ? { verb: { name: 'step_back', to: stage }, fields: [] } : null;
  if (verb.name === 'step_back')
    return stage && may('advance') ? { verb: { name: 'advance', to: stage }, fields: [] } : null;
  if (!ends.has(verb.name) || !may('reopen')) return null;
  // What the end wrote beside itself, like the sum that was won.
  const fields = object.fields.filter(
    (field) => canEdit(object, field) && !same(field, valueOf(before, field), valueOf(after, field)),
  );
  return { verb: { name: 'reopen' }, fields };
}

// What tells whether the record still is where the deed left it.
function marks(object: ObjectDef, way: WayBack): Field[] {
  const place = way.verb ? ['stage', 'outcome'].flatMap((name) => fieldOf(object, name) ?? []) : [];
  return [...place, ...way.fields];
}

export const isStill = (object: ObjectDef, way: WayBack, after: RecordData, now: RecordData): boolean =>
  marks(object, way).every((field) => same(field, valueOf(after, field), valueOf(now, field)));

export async function goBack(
  object: ObjectDef,
  way: WayBack,
  before: RecordData,
  after: RecordData,
): Promise<RecordData> {
  let now = await get<RecordData>(`/${object.plural}/${after.id}`);
  if (!isStill(object, way, after, now)) throw new Error(t('records.undo.changed_since'));
  if (way.verb) {
    const asked = object.verbs.find((one) => one.name === way.verb?.name)?.arguments ?? [];
    const known: { [name: string]: string | undefined } = { to: way.verb.to, reason: t('records.undo.reason') };
    const body = Object.fromEntries(asked.flatMap(({ name }) => (known[name] ? [[name, known[name]]] : [])));
    now = await act(object.plural, now.id, way.verb.name, body, now.version);
  }
  if (way.fields.length === 0) return now;
  const former = Object.fromEntries(way.fields.map((field) => [field.name, toWire(field, valueOf(before, field))]));
  return changeRecord(object.plural, now.id, now.version, former);
}
