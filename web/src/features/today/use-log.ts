// Writing down that something happened, ticking off what was planned, putting it off: each said where it was done, each with its
// way back by the API's own means.
import { useQueryClient } from '@tanstack/react-query';
import { useCatalogue } from '../../api/describe.ts';
import { get } from '../../api/client.ts';
import { sentence } from '../../api/problem.ts';
import { askAgain, type QueryAnswer } from '../../api/query.ts';
import { createOrKeep } from '../../api/outbox.ts';
import { act, changeRecord, deleteRecord, type Fields } from '../../api/records.ts';
import type { Id, RecordData, Reference } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import type { TaskFacts } from './today-model.ts';

export type Subject = 'deal' | 'lead' | 'account';
// What a conversation was about; `step` is what the deal or lead had planned until now.
export type About = {
  object: Subject;
  id: Reference;
  step?: { next_step?: string | null; next_step_on?: string | null };
};
export type LogEntry = {
  kind: string;
  outcome: string | null;
  next_step: string;
  next_step_on: string | null;
  body: string;
};

const plurals = { deal: 'deals', lead: 'leads', account: 'accounts' } as const;
const touched = new Set(['activity', 'deal', 'lead', 'account']);

export function useLog() {
  const client = useQueryClient();
  const kinds = useCatalogue()
    .object('activity')
    ?.fields.find((field) => field.name === 'kind')?.choices;
  const again = () => askAgain(client, touched);
  const labelOf = (kind: string) => pick(kinds?.find((one) => one.key === kind)?.label);

  // What is said to be undone is on the screen, and can be changed at once.
  const tell = (text: string, back: () => Promise<unknown>) => {
    const run = () =>
      back().then(
        async () => {
          await again();
          toast(t('records.undo.done'), 'good');
        },
        (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
      );
    toast(text, 'good', { label: t('common.undo'), run: () => void run() });
  };

  const log = async (about: About, entry: LogEntry): Promise<void> => {
    const body: Fields = {
      subject: `${labelOf(entry.kind)} ${about.id.name}`,
      kind: entry.kind,
      state: 'done',
      outcome: entry.outcome,
      [about.object]: about.id.id,
      ...(entry.body ? { body: entry.body } : {}),
      ...(entry.next_step ? { next_step: entry.next_step, next_step_on: entry.next_step_on } : {}),
    };
    const made = await createOrKeep({
      plural: 'activities',
      body,
      title: String(body.subject),
      text: entry.body,
      about: [{ object: about.object, id: about.id.id, name: about.id.name }],
    });
    const task = await follow(about, entry);
    if (!made) {
      toast(t('outbox.kept'));
      return;
    }
    void again();
    tell(t('today.log.done', { kind: labelOf(entry.kind), name: about.id.name }), async () => {
      await deleteRecord('activities', made.id, made.version);
      if (task) await deleteRecord('activities', task.id, task.version);
      if (entry.next_step) await restoreStep(about, entry);
    });
  };

  const finish = async (task: TaskFacts, outcome?: string): Promise<void> => {
    const done = await act('activities', task.id.id, 'complete', outcome ? { outcome } : {}, task.version);
    void again();
    tell(t('today.task.done', { name: task.id.name }), () =>
      changeRecord('activities', done.id, done.version, { state: 'open', outcome: null }),
    );
  };

  // The line goes at once; a refusal brings it back.
  const tick = (task: TaskFacts) => {
    client.setQueriesData<QueryAnswer<TaskFacts>>(
      { queryKey: ['query'], predicate: ({ queryKey }) => (queryKey[1] as { from?: string }).from === 'activities' },
      (old) => old && { ...old, rows: old.rows.filter((row) => row.id?.id !== task.id.id) },
    );
    return finish(task).catch((error: unknown) => {
      toast(sentence(error), 'bad');
      void again();
    });
  };

  const postpone = async (task: TaskFacts, day: string): Promise<void> => {
    try {
      const moved = await changeRecord('activities', task.id.id, task.version, { due_on: day });
      void again();
      tell(t('today.task.postponed', { name: task.id.name, day }), () =>
        changeRecord('activities', moved.id, moved.version, { due_on: task.due_on ?? null }),
      );
    } catch (error) {
      toast(sentence(error), 'bad');
      void again();
    }
  };

  return { log, tick, finish, postpone, labelOf };
}

// A customer has no next step of its own: what was agreed becomes a task.
const follow = (about: About, entry: LogEntry): Promise<RecordData | null> | null =>
  about.object === 'account' && entry.next_step && entry.next_step_on
    ? createOrKeep({
        plural: 'activities',
        body: { subject: entry.next_step, kind: 'task', due_on: entry.next_step_on, account: about.id.id },
        title: entry.next_step,
        text: '',
        about: [{ object: about.object, id: about.id.id, name: about.id.name }],
      })
    : null;

// The step that a conversation set gives way to the former one, unless somebody has set another since.
async function restoreStep(about: About, entry: LogEntry): Promise<void> {
  if (about.object === 'account' || !about.step) return;
  const plural = plurals[about.object];
  const now = await get<RecordData>(`/${plural}/${about.id.id as Id}`);
  if (now.next_step !== entry.next_step || (now.next_step_on ?? null) !== entry.next_step_on) return;
  const { next_step = null, next_step_on = null } = about.step;
  await changeRecord(plural, now.id, now.version, { next_step, next_step_on });
}
