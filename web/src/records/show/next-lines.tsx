// The lines of what comes next: an agreed step of the record itself, and an open task about it.
import { useQueryClient } from '@tanstack/react-query';
import { AlarmClock, Check, Flag } from 'lucide-react';
import { canEdit, fieldOf } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { askAgain } from '../../api/query.ts';
import { keys } from '../../api/query-keys.ts';
import { act, changeRecord, type Fields } from '../../api/records.ts';
import type { Field, ObjectDef, RecordData } from '../../api/types.ts';
import { today } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Menu } from '../../ui/menu/menu.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';
import { RecordLink } from '../record-link.tsx';
import { useRefresh } from '../use-refresh.ts';
import { dayChoices, dueText, weekday } from './days.ts';
import styles from './next-step.module.css';

type StepProps = { object: ObjectDef; record: RecordData; twin: RecordData | undefined };

// `twin`: the open task that says the same; it goes the same way.
export function StepLine({ object, record, twin }: StepProps) {
  const client = useQueryClient();
  const refresh = useRefresh(object);
  const fields = ['next_step', 'next_step_on'].flatMap((name) => fieldOf(object, name) ?? []);
  const editable = fields.every((field: Field) => canEdit(object, field));
  const name = String(record.next_step ?? t('record.next.unnamed'));
  const day = (record.next_step_on ?? null) as string | null;
  const again = (after: RecordData) => {
    refresh(after);
    void client.invalidateQueries({ queryKey: keys.object('activities') });
  };
  // Both ways: `of` the task, and what of the record's own fields.
  const run = async (said: string, own: Fields, of: (task: RecordData) => Promise<RecordData>, back: Fields) => {
    try {
      const task = twin ? await of(twin) : undefined;
      const after = await changeRecord(object.plural, record.id, record.version, own);
      again(after);
      const former = Object.fromEntries(Object.keys(own).map((key) => [key, record[key] ?? null]));
      const undo = async () => {
        try {
          if (task) await changeRecord('activities', task.id, task.version, back);
          again(await changeRecord(object.plural, after.id, after.version, former));
          toast(t('records.undo.done'), 'good');
        } catch (error) {
          toast(t('records.undo.refused', { say: sentence(error) }), 'bad');
        }
      };
      toast(said, 'good', { label: t('common.undo'), run: () => void undo() });
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  };
  const done = () =>
    void run(
      t('record.next.done', { name }),
      { next_step: null, next_step_on: null },
      (task) => act('activities', task.id, 'complete', {}, task.version),
      reopened,
    );
  const putOff = (to: string) =>
    void run(
      t('record.next.put_off_to', { name, day: to.slice(5) }),
      { next_step_on: to },
      (task) => changeRecord('activities', task.id, task.version, { due_on: to }),
      { due_on: day },
    );
  return (
    <Line
      mark={<Flag size={13} aria-hidden="true" />}
      name={<span className={styles.name}>{name}</span>}
      label={name}
      day={day}
      onDone={editable ? done : undefined}
      onDay={editable ? putOff : undefined}
    />
  );
}

const reopened = { state: 'open', done_at: null, outcome: null };

type TaskProps = { activity: ObjectDef; task: RecordData; parent: ObjectDef };

export function TaskLine({ activity, task, parent }: TaskProps) {
  const client = useQueryClient();
  const again = () => {
    void client.invalidateQueries({ queryKey: keys.object(activity.plural) });
    void client.invalidateQueries({ queryKey: keys.object(parent.plural) });
    void askAgain(client, new Set([activity.name]));
  };
  const name = nameOf(activity, task) || t('records.no_name');
  const run = async (said: string, deed: () => Promise<RecordData>, back: Fields) => {
    try {
      const after = await deed();
      again();
      const undo = () =>
        changeRecord(activity.plural, after.id, after.version, back).then(
          () => {
            again();
            toast(t('records.undo.done'), 'good');
          },
          (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
        );
      toast(said, 'good', { label: t('common.undo'), run: () => void undo() });
    } catch (error) {
      toast(sentence(error), 'bad');
      again();
    }
  };
  const editable = activity.rights.edit;
  return (
    <Line
      name={<RecordLink plural={activity.plural} id={task.id} name={name} className={styles.name} />}
      label={name}
      day={(task.due_on ?? null) as string | null}
      onDone={
        editable
          ? () =>
              void run(
                t('record.next.done', { name }),
                () => act(activity.plural, task.id, 'complete', {}, task.version),
                reopened,
              )
          : undefined
      }
      onDay={
        editable
          ? (day) =>
              void run(
                t('record.next.put_off_to', { name, day: day.slice(5) }),
                () => changeRecord(activity.plural, task.id, task.version, { due_on: day }),
                { due_on: (task.due_on as string | null) ?? null },
              )
          : undefined
      }
    />
  );
}

type LineProps = {
  mark?: React.ReactNode;
  name: React.ReactNode;
  label: string;
  day: string | null | undefined;
  onDone?: () => void;
  onDay?: (day: string) => void;
};

function Line({ mark, name, label, day, onDone, onDay }: LineProps) {
  const here = today();
  const late = !!day && day < here;
  return (
    <li className={styles.line}>
      {onDone ? (
        <IconButton
          label={t('record.next.tick', { name: label })}
          compact
          className={styles.tick}
          onPress={() => onDone()}
        >
          <Check size={13} aria-hidden="true" />
        </IconButton>
      ) : (
        <span className={styles.mark}>{mark}</span>
      )}
      {name}
      <span className={classes(styles.day, late && styles.late)}>{day ? dueText(day, here) : ''}</span>
      {onDay ? (
        <Menu
          label={t('record.next.put_off', { name: label })}
          trigger={
            <IconButton label={t('record.next.put_off', { name: label })} compact>
              <AlarmClock size={14} aria-hidden="true" />
            </IconButton>
          }
          groups={[
            {
              key: 'days',
              label: t('record.next.put_off_label'),
              entries: dayChoices(here)
                .filter((one) => one.day !== day)
                .map((one) => ({
                  key: one.day,
                  label: `${one.label} · ${one.day.slice(5)} ${weekday(one.day)}`,
                  onAction: () => onDay(one.day),
                })),
            },
          ]}
        />
      ) : null}
    </li>
  );
}
