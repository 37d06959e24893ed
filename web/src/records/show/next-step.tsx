// What comes next on this record: the step that was agreed and the tasks that are open, soonest first, done or put off where they
// stand. When there is none it asks for one.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { canEdit, fieldOf, useCatalogue } from '../../api/describe.ts';
import { fewQuery } from '../../api/records.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { linkOf } from './link-of.ts';
import { StepLine, TaskLine } from './next-lines.tsx';
import styles from './next-step.module.css';

const NextForm = lazy(() => import('./next-form.tsx').then((room) => ({ default: room.NextForm })));

const shown_max = 3;

type Props = { object: ObjectDef; record: RecordData };

export function NextStep({ object, record }: Props) {
  const activity = useCatalogue().object('activity');
  const [adding, setAdding] = useState(false);
  const link = activity?.rights.read ? linkOf(activity, object) : undefined;
  const filter = `${link?.name} = "${record.id}" and state = "open"`;
  const { data } = useQuery({ ...fewQuery(activity?.plural ?? '', filter, shown_max, 'due_on'), enabled: !!link });
  const step = fieldOf(object, 'next_step');
  const over = (record.outcome ?? 'open') !== 'open';
  const settable = !!step && canEdit(object, step) && !over;
  const makeable = !step && !!link && !!activity?.rights.create;
  if (!step && !link) return null;
  const hasStep = !!step && !!(record.next_step || record.next_step_on) && !over;
  // The same step is often kept twice, as the record's own and as a task: one line for both.
  const twin = hasStep ? data?.data.find((task) => sameStep(record, task)) : undefined;
  const tasks = (data?.data ?? []).filter((task) => task !== twin);
  const none = !hasStep && tasks.length === 0;
  if (none && (over || (!settable && !makeable))) return null;
  const late = String(record.next_step_on ?? '9999');
  const before = tasks.filter((task) => String(task.due_on ?? '9999') < late);
  const after = tasks.filter((task) => !before.includes(task));
  const line = (task: RecordData) =>
    activity ? <TaskLine key={task.id} activity={activity} task={task} parent={object} /> : null;
  return (
    <section className={styles.next} aria-label={t('record.next')}>
      <div className={styles.head}>
        <h2>{t('record.next')}</h2>
        {(settable && !hasStep) || makeable ? (
          adding ? null : (
            <Button compact look={none ? 'plain' : 'quiet'} onPress={() => setAdding(true)}>
              {t('record.next.add')}
            </Button>
          )
        ) : null}
      </div>
      {none && !adding ? (
        <p className={styles.quiet}>{data || !link ? t('record.next.none') : t('common.loading')}</p>
      ) : null}
      {none ? null : (
        <ul>
          {before.map(line)}
          {hasStep ? <StepLine object={object} record={record} twin={twin} /> : null}
          {after.map(line)}
        </ul>
      )}
      {adding ? (
        <Suspense fallback={null}>
          <NextForm object={object} record={record} activity={activity} link={link} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
      {data?.count && data.count > data.data.length ? (
        <Link to={`/${activity?.plural}`} search={{ f: filter, sort: 'due_on' }} className={styles.all}>
          {t('records.show_all', { count: data.count })}
        </Link>
      ) : null}
    </section>
  );
}

const sameStep = (record: RecordData, task: RecordData): boolean =>
  task.subject === record.next_step && (task.due_on ?? null) === (record.next_step_on ?? null);
