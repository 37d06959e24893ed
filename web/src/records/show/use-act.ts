// Runs a verb, says what it did and offers the way back.
import { fieldOf } from '../../api/describe.ts';
import { act, type Fields } from '../../api/records.ts';
import type { ObjectDef, RecordData, Verb } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { useRefresh, useTell } from '../use-refresh.ts';
import { wayBack } from '../way-back.ts';

const moves = { advance: 'records.moved_to', step_back: 'records.moved_back_to' } as const;

function told(object: ObjectDef, verb: Verb, after: RecordData): string {
  const stage = fieldOf(object, 'stage')?.choices?.find((choice) => choice.key === after.stage);
  if (stage && (verb.name === 'advance' || verb.name === 'step_back'))
    return t(moves[verb.name], { stage: pick(stage.label) });
  return t('records.verb_done', { verb: pick(verb.label) });
}

export function useAct(object: ObjectDef) {
  const refresh = useRefresh(object);
  const tell = useTell(object);
  return async (record: RecordData, verb: Verb, body: Fields): Promise<RecordData> => {
    const next = await act(object.plural, record.id, verb.name, body);
    refresh(next);
    tell(told(object, verb, next), wayBack(object, verb, record, next), record, next);
    return next;
  };
}
