// Which verbs an approval offers its reader. The server has the last word.
import type { Id, RecordData, Verb } from '../../api/types.ts';

const isAsked = (approval: RecordData): boolean => approval.state === 'asked';

export const isForMe = (approval: RecordData, me: Id): boolean => isAsked(approval) && approval.owner?.id !== me;

export const isOffered = (verb: Verb, approval: RecordData, me: Id): boolean =>
  isAsked(approval) && (approval.owner?.id === me) === (verb.name === 'withdraw');
