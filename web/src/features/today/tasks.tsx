// What was promised for a day: late, today, the week ahead. A plain task is ticked off; a call or visit asks for its outcome.
import { AlarmClock } from 'lucide-react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import type { ObjectDef, Reference } from '../../api/types.ts';
import { count, daysBetween, time } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { PlainLink } from '../../records/plain-link.tsx';
import { RecordLink } from '../../records/record-link.tsx';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { dated, dayChoices } from './days.ts';
import { due_mine } from './formulas.ts';
import type { Ask } from './log-dialog.tsx';
import { Nothing, Panel } from './panel.tsx';
import { type Days, dayOfTask, type TaskFacts, taskGroups } from './today-model.ts';
import { useLog } from './use-log.ts';
import lines from './tasks.module.css';

type Props = { tasks: TaskFacts[]; days: Days; ask: Ask };

// Of these something was talked; what came of it is worth a word.
const spoken = new Set(['call', 'meeting', 'visit']);

export function TasksPanel({ tasks, days, ask }: Props) {
  const groups = taskGroups(tasks, days.today);
  return (
    <Panel
      title={t('today.tasks')}
      count={count(tasks.length)}
      rows={{ to: '/activities', filter: due_mine, sort: 'due_on' }}
    >
      {groups.length === 0 ? <Nothing>{t('today.tasks_none')}</Nothing> : null}
      {groups.map((group) => (
        <div key={group.key} className={lines.group}>
          <h3 className={classes(lines.groupName, group.key === 'overdue' && lines.late)}>
            {t(`today.tasks.${group.key}`, { count: group.tasks.length })}
          </h3>
          <ul>
            {group.tasks.map((task) => (
              <TaskLine key={task.id.id} task={task} days={days} ask={ask} />
            ))}
          </ul>
        </div>
      ))}
    </Panel>
  );
}

function whenOf(task: TaskFacts, days: Days): string {
  const day = dayOfTask(task);
  const late = daysBetween(day, days.today);
  const at = task.starts_at ? time(task.starts_at) : '';
  if (late > 0) return t('today.task.late', { days: late });
  if (late === 0) return at;
  return [dated(day), at].filter(Boolean).join(' ');
}

const aboutOf = (task: TaskFacts): { plural: string; of: Reference } | null => {
  if (task.deal) return { plural: 'deals', of: task.deal };
  if (task.lead) return { plural: 'leads', of: task.lead };
  return task.account ? { plural: 'accounts', of: task.account } : null;
};

function TaskLine({ task, days, ask }: { task: TaskFacts; days: Days; ask: Ask }) {
  const { tick } = useLog();
  const activity = useCatalogue().object('activity') as ObjectDef;
  const kind = task.kind ?? 'task';
  const label = fieldOf(activity, 'kind')?.choices?.find((one) => one.key === kind)?.label;
  const about = aboutOf(task);
  const done = () => (spoken.has(kind) ? ask({ task, kind }) : void tick(task));
  return (
    <li className={lines.task}>
      <Checkbox
        aria-label={t('today.task.tick', { name: task.id.name })}
        isSelected={false}
        onChange={done}
        isDisabled={!activity.rights.edit}
      />
      <span className={lines.taskText}>
        <RecordLink plural="activities" id={task.id.id} name={task.id.name} className={lines.taskName} />
        <span className={lines.taskAbout}>
          {kind === 'task' ? null : <span>{pick(label)}</span>}
          {about ? <PlainLink to={`/${about.plural}/${about.of.id}`}>{about.of.name}</PlainLink> : null}
        </span>
      </span>
      <span className={classes(lines.when, dayOfTask(task) < days.today && lines.late)}>{whenOf(task, days)}</span>
      {task.due_on && activity.rights.edit ? <Postpone task={task} days={days} /> : <span className={lines.noButton} />}
    </li>
  );
}

function Postpone({ task, days }: { task: TaskFacts; days: Days }) {
  const { postpone } = useLog();
  const label = t('today.task.postpone', { name: task.id.name });
  return (
    <Menu
      label={label}
      trigger={
        <IconButton label={label} compact className={lines.later}>
          <AlarmClock size={15} aria-hidden="true" />
        </IconButton>
      }
      groups={[
        {
          key: 'days',
          label: t('today.task.postpone_to'),
          entries: dayChoices(days)
            .filter((one) => one.day !== task.due_on)
            .map((one) => ({
              key: one.key,
              label: `${one.label} · ${dated(one.day)}`,
              onAction: () => void postpone(task, one.day),
            })),
        },
      ]}
    />
  );
}
