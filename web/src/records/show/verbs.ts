// Which verbs a record offers now, and in what order. The server has the last word; this only hides what cannot apply.
import type { Id, ObjectDef, ProcessState, RecordData, Verb } from '../../api/types.ts';
import { isOffered } from '../approval/approval-model.ts';

export type Offer = { primary?: Verb; beside: Verb[]; more: Verb[] };

const closes = new Set(['win', 'lose', 'convert', 'disqualify']);
const opens = new Set(['reopen']);
const moves = new Set(['advance', 'step_back']);
// Where the way out of what keeps a record stands.
const elsewhere = new Set(['restore', 'unlock']);

export function offers(object: ObjectDef, record: RecordData, process: ProcessState | undefined, me: Id): Offer {
  const outcome = (process?.outcome ?? record.outcome ?? 'open') as string;
  const open = outcome === 'open';
  const stages = process?.stages ?? [];
  // After a win a record goes on only into stages of delivery.
  const delivers =
    outcome === 'won' && stages.find((stage) => stage.key === process?.gate?.to?.key)?.kind === 'deliver';
  const first = stages[0]?.state === 'current';
  const can = object.verbs.filter((verb) => {
    if (elsewhere.has(verb.name)) return false;
    if (object.name === 'approval') return isOffered(verb, record, me);
    if (object.staged && opens.has(verb.name)) return !open;
    if (object.staged && (closes.has(verb.name) || verb.name === 'step_back'))
      return open && !(verb.name === 'step_back' && first);
    if (verb.name === 'advance') return process?.gate?.to !== null && (open || delivers);
    return true;
  });
  const good = can.filter((verb) => verb.tone === 'good');
  const primary = can.find((verb) => verb.name === 'advance') ?? good[0] ?? can.find((verb) => opens.has(verb.name));
  const beside = can.filter((verb) => verb !== primary && (closes.has(verb.name) || good.includes(verb)));
  const more = can.filter((verb) => verb !== primary && !beside.includes(verb));
  return { primary, beside, more: more.sort((a, b) => Number(moves.has(b.name)) - Number(moves.has(a.name))) };
}
