// Looking at a record beside its list, as a row of the table of actions.
import type { Action } from '../actions/registry.ts';
import { t } from '../i18n/i18n.ts';
import { placeOf, usePeek } from './peek.ts';

export function usePeekAction(plural: string, id: string, from: HTMLElement): Action {
  const peek = usePeek();
  return {
    id: 'record.peek',
    label: t('record.peek_short'),
    group: 'record',
    icon: 'peek',
    run: () => peek.open(placeOf(plural, id), from),
  };
}
