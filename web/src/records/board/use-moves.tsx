// What a drop, a menu or a key does to a card: the same move for all three. A move the gate lets through is shown at once and told
// with its way back; what the gate wants, a step back's reason and the arguments of an end are asked for.
import { useQueryClient } from '@tanstack/react-query';
import { createElement, lazy, type ReactNode, Suspense, useState } from 'react';
import type { Board } from '../../api/board.ts';
import { ApiProblem, isProblem, sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { type Fields, processQuery, recordQuery } from '../../api/records.ts';
import type { ObjectDef, ProcessState, RecordData, Value, Verb } from '../../api/types.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { GateDialog } from '../show/gate-part.ts';
import { useAct } from '../show/use-act.ts';
import { verbDialog } from '../slots.ts';
import { judge, type Moved, underway } from './board-model.ts';
import { verdictText } from './verdict-text.ts';

const VerbDialog = lazy(() => import('../show/verb-dialog.tsx').then((room) => ({ default: room.VerbDialog })));

const fail = (error: unknown) => toast(sentence(error), 'bad');

type Asking = { verb: Verb; record: RecordData; process?: ProcessState; body: Fields; refusal?: ApiProblem };

type Arrive = (id: string, stage: string) => void;

// `onArrive`: a card came to a stage by way of a dialog.
export function useMoves(object: ObjectDef, board: Board, read_at: number, onArrive: Arrive) {
  const client = useQueryClient();
  const act = useAct(object);
  const [moved, setMoved] = useState<Moved[]>([]);
  const [asking, setAsking] = useState<Asking | null>(null);
  const verbOf = (name: string) => object.verbs.find((verb) => verb.name === name);
  const wholeOf = (id: string) => client.fetchQuery({ ...recordQuery(object.plural, id), staleTime: 0 });
  const processOf = (id: string) => client.fetchQuery({ ...processQuery(object.plural, id), staleTime: 10_000 });
  // Columns that were read beyond their first cards read themselves again.
  const readAgain = (...columns: string[]) =>
    client.invalidateQueries({
      queryKey: keys.lists(object.plural),
      predicate: ({ queryKey }) => columns.includes((queryKey[3] as { column?: string } | undefined)?.column ?? ''),
    });

  async function ask(verb: Verb, id: string, body: Fields, refusal?: ApiProblem) {
    try {
      const [record, process] = await Promise.all([wholeOf(id), processOf(id)]);
      setAsking({ verb, record, process, body, refusal });
    } catch (error) {
      fail(error);
    }
  }

  // True when the card went at once.
  async function move(card: RecordData, from: string, to: string): Promise<boolean> {
    const known = client.getQueryData<ProcessState>(keys.process(object.plural, card.id));
    const verdict = judge(object, board, from, to, known?.gate);
    if (verdict.kind === 'here') return false;
    const ahead = board.columns.findIndex((one) => one.key === to) > board.columns.findIndex((one) => one.key === from);
    const verb = verbOf(ahead ? 'advance' : 'step_back');
    if (verdict.kind === 'refused' || !verb) {
      toast(verdictText(verdict), 'plain');
      return false;
    }
    if (verdict.kind === 'reason') {
      await ask(verb, card.id, { to });
      return false;
    }
    const one: Moved = { card, from, to };
    const drop = () => setMoved((old) => old.filter((other) => other.card.id !== card.id));
    if (verdict.kind === 'free') setMoved((old) => [...old.filter((other) => other.card.id !== card.id), one]);
    try {
      await act(card, verb, { to });
      void readAgain(from, to);
      setMoved((old) => old.map((other) => (other === one ? { ...one, done_at: Date.now() } : other)));
      return true;
    } catch (error) {
      drop();
      if (isProblem(error) && error.items.some((item) => item.code === 'gate_unmet'))
        await ask(verb, card.id, { to }, error);
      else fail(error);
      return false;
    }
  }

  const end = (card: RecordData, verb: Verb) => ask(verb, card.id, {});
  const close = () => setAsking(null);
  const done = () => {
    close();
    void readAgain(...board.columns.map((column) => column.key));
    const { to } = (asking?.body ?? {}) as { to?: string };
    if (asking && to) onArrive(asking.record.id, to);
  };
  let dialog: ReactNode = null;
  if (asking) {
    const { verb, record, process, body, refusal } = asking;
    const shared = { object, record, verb, onClose: close, onDone: done };
    const special = verbDialog(object.name, verb.name);
    dialog = (
      <Suspense fallback={null}>
        {refusal ? (
          <GateDialog {...shared} body={body} refusal={refusal} />
        ) : special ? (
          createElement(special, shared)
        ) : (
          <VerbDialog
            {...shared}
            preset={{ ...valuesFor(verb, record), ...(body as { to?: string }) }}
            process={process}
          />
        )}
      </Suspense>
    );
  }
  return { moved: underway(moved, read_at), move, end, dialog };
}

// The sum of a good end starts as what the record says.
function valuesFor(verb: Verb, record: RecordData): { [name: string]: Value } {
  if (verb.tone !== 'good') return {};
  const money = verb.arguments.filter((field) => field.type === 'money');
  return Object.fromEntries(money.map((field) => [field.name, record[field.name] ?? null]));
}
