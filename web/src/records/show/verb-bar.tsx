// The verbs of a record and the dialog of the one that was chosen.
import { createElement, lazy, type ReactNode, useState } from 'react';
import type { Action } from '../../actions/registry.ts';
import { isProblem, sentence } from '../../api/problem.ts';
import { useSession } from '../../api/session.ts';
import type { ObjectDef, ProcessState, RecordData, Value, Verb } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { verbDialog } from '../slots.ts';
import { GateDialog } from './gate-part.ts';
import { useAct } from './use-act.ts';
import { offers } from './verbs.ts';

const DeleteDialog = lazy(() => import('./delete-dialog.tsx').then((room) => ({ default: room.DeleteDialog })));
const VerbDialog = lazy(() => import('./verb-dialog.tsx').then((room) => ({ default: room.VerbDialog })));

type Props = {
  object: ObjectDef;
  record: RecordData;
  process: ProcessState | undefined;
  onGone: () => void;
};
type Asking = { verb: Verb; refusal?: unknown } | 'delete' | null;

// The verbs of a record as rows of the table of actions: the first stand as buttons, the others in its menu, what removes it last.
export function useVerbs({ object, record, process, onGone }: Props) {
  const act = useAct(object);
  const [asking, setAsking] = useState<Asking>(null);
  const [busy, setBusy] = useState(false);
  const { member } = useSession();
  const offer = offers(object, record, process, member.id);
  const close = () => setAsking(null);
  const press = async (verb: Verb) => {
    const asks = verb.arguments.length > 0 || verbDialog(object.name, verb.name);
    if (verb.name !== 'advance' && asks) return setAsking({ verb });
    setBusy(true);
    try {
      await act(record, verb, {});
      close();
    } catch (error) {
      if (isProblem(error) && error.items.some((item) => item.code === 'gate_unmet'))
        setAsking({ verb, refusal: error });
      else toast(sentence(error), 'bad');
    } finally {
      setBusy(false);
    }
  };
  const label = (verb: Verb) =>
    verb.name === 'advance' && process?.gate?.to
      ? t('records.advance_to', { stage: pick(process.gate.to.label) })
      : pick(verb.label);
  const button = (verb: Verb, look: 'primary' | 'plain') => (
    <Button key={verb.name} look={look} isDisabled={busy} onPress={() => void press(verb)}>
      {label(verb)}
    </Button>
  );
  const buttons: ReactNode =
    offer.primary || offer.beside.length > 0 ? (
      <>
        {offer.beside.map((verb) => button(verb, 'plain'))}
        {offer.primary ? button(offer.primary, 'primary') : null}
      </>
    ) : null;
  const rowOf = (verb: Verb): Action => ({
    id: `record.${verb.name}`,
    label: label(verb),
    group: 'record',
    icon: 'verb',
    tone: verb.tone === 'bad' ? 'bad' : undefined,
    run: () => void press(verb),
  });
  const remove: Action = {
    id: 'record.delete',
    label: t('common.delete'),
    group: 'record',
    icon: 'delete',
    tone: 'bad',
    run: () => setAsking('delete'),
  };
  let dialog: ReactNode = null;
  if (asking === 'delete') {
    dialog = <DeleteDialog object={object} record={record} onClose={close} onDone={() => (close(), onGone())} />;
  } else if (asking && isProblem(asking.refusal)) {
    dialog = (
      <GateDialog
        object={object}
        record={record}
        verb={asking.verb}
        body={{}}
        refusal={asking.refusal}
        onClose={close}
        onDone={close}
      />
    );
  } else if (asking) {
    const preset = presetOf(asking.verb, record);
    const shared = {
      object,
      record,
      verb: asking.verb,
      onClose: close,
      onDone: close,
    };
    const special = verbDialog(object.name, asking.verb.name);
    dialog = special ? createElement(special, shared) : <VerbDialog {...shared} preset={preset} process={process} />;
  }
  return {
    buttons,
    first: [offer.primary, ...offer.beside].flatMap((verb) => (verb ? [rowOf(verb)] : [])),
    more: offer.more.map(rowOf),
    removal: object.rights.delete ? [remove] : [],
    dialog,
    advance: offer.primary?.name === 'advance' ? () => void press(offer.primary as Verb) : undefined,
  };
}

// An argument that names a field of the record starts with its value.
function presetOf(verb: Verb, record: RecordData): { [name: string]: Value } {
  if (verb.tone === 'bad' || verb.name === 'hand_over') return {};
  return Object.fromEntries(
    verb.arguments.filter((field) => field.type === 'money').map((field) => [field.name, record[field.name] ?? null]),
  );
}
