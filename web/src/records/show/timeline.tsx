import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { recordQuery, timelineQuery } from '../../api/records.ts';
import type { ObjectDef, TimelineEvent } from '../../api/types.ts';
import { dayLabel, dayOf, time } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Icon } from '../../ui/icon.tsx';
import { nameOf } from '../fields/record-name.ts';
import { FieldValue } from '../fields/field-value.tsx';
import { fieldOf } from '../../api/describe.ts';
import { type ChangeLine, changeLines, eventText } from './event-text.ts';
import show from './show.module.css';
import styles from './timeline.module.css';

export function Timeline({ object, id }: { object: ObjectDef; id: string }) {
  const query = useInfiniteQuery(timelineQuery(object.plural, id));
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  const days: { day: string; events: TimelineEvent[] }[] = [];
  for (const event of events) {
    const day = dayOf(event.happened_at);
    const last = days[days.length - 1];
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return (
    <section className={styles.timeline} aria-label={t('records.timeline')}>
      <h2>{t('records.timeline')}</h2>
      {query.isPending ? <Skeleton lines={5} /> : null}
      {query.isError ? <Notice tone="bad">{sentence(query.error)}</Notice> : null}
      {query.isSuccess && events.length === 0 ? <p className={show.quiet}>{t('records.timeline_empty')}</p> : null}
      {days.map(({ day, events: list }) => (
        <div key={day}>
          <h3 className={styles.day}>{dayLabel(day)}</h3>
          <ol>
            {list.map((event) => (
              <EventLine key={`${event.seq}-${event.id}`} page={object} event={event} />
            ))}
          </ol>
        </div>
      ))}
      {query.hasNextPage ? (
        <Button look="quiet" onPress={() => void query.fetchNextPage()} isDisabled={query.isFetchingNextPage}>
          {t('records.timeline_more')}
        </Button>
      ) : null}
    </section>
  );
}

function EventLine({ page, event }: { page: ObjectDef; event: TimelineEvent }) {
  const catalogue = useCatalogue();
  const [open, setOpen] = useState(false);
  const object = catalogue.object(event.object) ?? page;
  const text = eventText(catalogue, page, event);
  // A move and an end are told by their sentence.
  const lines =
    event.verb === 'created' ? [] : changeLines(object, event, event.verb === 'changed' ? [] : ['stage', 'outcome']);
  const child = event.object !== page.name;
  return (
    <li className={styles.event}>
      <span className={styles.dot}>
        <Icon name={object.name} also={object.icon} size={13} />
      </span>
      <div className={styles.body}>
        <p>
          {event.actor ? <span className={styles.actor}>{event.actor.name}</span> : null}{' '}
          {child && event.verb !== 'deleted' ? <Link to={`/${object.plural}/${event.id}`}>{text}</Link> : text}
          <time dateTime={event.happened_at} className={styles.time}>
            {time(event.happened_at)}
          </time>
        </p>
        {event.reason ? <p className={styles.more}>{t('records.event.reason', { reason: event.reason })}</p> : null}
        {child && event.record ? <ChildCard object={object} event={event} /> : null}
        {lines.length > 2 ? (
          <button type="button" aria-expanded={open} className={styles.fold} onClick={() => setOpen(!open)}>
            {open ? t('records.event.fold') : t('records.event.unfold', { count: lines.length })}
          </button>
        ) : null}
        {lines.length > 0 && (open || lines.length <= 2) ? <Changes lines={lines} /> : null}
      </div>
    </li>
  );
}

function Changes({ lines }: { lines: ChangeLine[] }) {
  return (
    <ul className={styles.changes}>
      {lines.map((line) => (
        <li key={line.label}>
          {line.label}
          {': '}
          <del>
            <ChangedValue line={line} text={line.old} />
          </del>{' '}
          →{' '}
          <ins>
            <ChangedValue line={line} text={line.new} />
          </ins>
        </li>
      ))}
    </ul>
  );
}

// The ledger keeps ids; a person reads names.
function ChangedValue({ line, text }: { line: ChangeLine; text: string }) {
  const target = useCatalogue().object(line.field.target);
  const isId = line.field.type === 'reference' && /^\d+$/.test(text);
  const found = useQuery({
    ...recordQuery(target?.plural ?? '', text),
    enabled: isId && !!target,
    retry: false,
    staleTime: 60_000,
  });
  if (text === '') return t('records.not_filled');
  return isId && target && found.data ? nameOf(target, found.data) : text;
}

const told = ['outcome', 'due_on', 'next_step', 'next_step_on'];

function ChildCard({ object, event }: { object: ObjectDef; event: TimelineEvent }) {
  const record = event.record;
  if (!record) return null;
  const body = typeof record.body === 'string' ? record.body : '';
  const shown = told.flatMap((name) => {
    const field = fieldOf(object, name);
    return field && record[name] !== null && record[name] !== undefined ? [field] : [];
  });
  if (!body && shown.length === 0) return null;
  return (
    <div className={styles.card}>
      {body ? <p className={styles.text}>{body}</p> : null}
      {shown.length > 0 ? (
        <p className={styles.facts}>
          {shown.map((field) => (
            <span key={field.name}>
              {field.type === 'choice' ? null : <span className={styles.fact}>{pick(field.label)}</span>}
              <FieldValue field={field} value={record[field.name]} links={false} />
            </span>
          ))}
        </p>
      ) : null}
    </div>
  );
}
