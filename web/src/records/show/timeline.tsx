import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { timelineQuery } from '../../api/records.ts';
import type { ObjectDef, RecordData, TimelineEvent } from '../../api/types.ts';
import { dayLabel, dayOf, list, time } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Segments } from '../../ui/field/segments.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RecordLink } from '../record-link.tsx';
import { MentionText } from '../fields/mention-text.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { fieldOf } from '../../api/describe.ts';
import { Attachment } from './attachment.tsx';
import { type ChangeLine, changeLines, eventText } from './event-text.ts';
import show from './show.module.css';
import { countOf, firstOf, type Kind, tell } from './timeline-model.ts';
import styles from './timeline.module.css';

const kinds = ['all', 'talk', 'way', 'change'] as const;

// `few`: where room is dear, only the newest until more is asked for.
export function Timeline({ object, id, few }: { object: ObjectDef; id: string; few?: number }) {
  const query = useInfiniteQuery(timelineQuery(object.plural, id));
  const [kind, setKind] = useState<Kind>('all');
  const [whole, setWhole] = useState(!few);
  const events = query.data?.pages.flatMap((page) => page.data) ?? [];
  const all = tell(events, object.name, kind, dayOf);
  const days = whole ? all : firstOf(all, few ?? 0);
  const hasMore = query.hasNextPage || countOf(days) < countOf(all);
  const more = () => {
    if (countOf(days) < countOf(all)) setWhole(true);
    else void query.fetchNextPage();
  };
  return (
    <section className={styles.timeline} aria-label={t('records.timeline')}>
      <div className={styles.head}>
        <h2>{t('records.timeline')}</h2>
        <Segments
          label={t('record.timeline.kind')}
          options={kinds.map((key) => ({ key, label: t(`record.timeline.${key}`) }))}
          value={kind}
          onChange={(key) => setKind(key as Kind)}
        />
      </div>
      {query.isPending ? <Skeleton lines={5} /> : null}
      {query.isError ? <Notice tone="bad">{sentence(query.error)}</Notice> : null}
      {query.isSuccess && days.length === 0 ? (
        <p className={show.quiet}>{kind === 'all' ? t('records.timeline_empty') : t('record.timeline.none')}</p>
      ) : null}
      {days.map(({ day, told }) => (
        <div key={day}>
          <h3 className={styles.day}>{dayLabel(day)}</h3>
          <ol>
            {told.map(({ key, events: run }) =>
              run.length > 1 ? (
                <ChangeRun key={key} page={object} run={run} />
              ) : (
                <EventLine key={key} page={object} event={run[0]} />
              ),
            )}
          </ol>
        </div>
      ))}
      {hasMore ? (
        <Button look="quiet" onPress={more} isDisabled={query.isFetchingNextPage}>
          {t('records.timeline_more')}
        </Button>
      ) : null}
    </section>
  );
}

// Several changes of one person on one day: which fields, and each change when it is unfolded.
function ChangeRun({ page, run }: { page: ObjectDef; run: TimelineEvent[] }) {
  const [open, setOpen] = useState(false);
  const first = run[0] as TimelineEvent;
  const labels = [...new Set(run.flatMap((event) => changeLines(page, event).map((line) => line.label)))];
  return (
    <li className={styles.event}>
      <span className={styles.dot}>
        <Icon name={page.name} also={page.icon} size={13} />
      </span>
      <div className={styles.body}>
        <p>
          {first.actor ? <span className={styles.actor}>{first.actor.name}</span> : null}{' '}
          {labels.length > 0
            ? t('records.event.changed', { fields: list(labels.slice(0, 4)) })
            : t('records.event.saved')}
          <time dateTime={first.happened_at} className={styles.time}>
            {time(first.happened_at)}
          </time>
        </p>
        <button type="button" aria-expanded={open} className={styles.fold} onClick={() => setOpen(!open)}>
          {open ? t('records.event.fold') : t('record.timeline.unfold', { count: run.length })}
        </button>
        {open
          ? run.map((event) => (
              <div key={event.seq} className={styles.step}>
                <span className={styles.time}>{time(event.happened_at)}</span>
                <Changes lines={changeLines(page, event)} />
              </div>
            ))
          : null}
      </div>
    </li>
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
          {event.on_behalf ? `${t('record.timeline.on_behalf', { name: event.on_behalf.name })} ` : null}
          {child && event.verb !== 'deleted' ? <RecordLink plural={object.plural} id={event.id} name={text} /> : text}
          <time dateTime={event.happened_at} className={styles.time}>
            {time(event.happened_at)}
          </time>
        </p>
        {event.reason ? <p className={styles.more}>{t('records.event.reason', { reason: event.reason })}</p> : null}
        {child && event.record ? <Below object={object} record={event.record} /> : null}
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
          <span className={styles.fact}>{line.label}</span>
          <del>{line.old || t('records.not_filled')}</del> → <ins>{line.new || t('records.not_filled')}</ins>
        </li>
      ))}
    </ul>
  );
}

const told = ['outcome', 'due_on', 'next_step', 'next_step_on'];

type BelowProps = { object: ObjectDef; record: RecordData };

// A file is looked at where it is told of.
function Below({ object, record }: BelowProps) {
  if (object.name !== 'attachment') return <ChildCard object={object} record={record} />;
  return (
    <div className={styles.file}>
      <Attachment row={record} />
    </div>
  );
}

function ChildCard({ object, record }: BelowProps) {
  const body = typeof record.body === 'string' ? record.body : '';
  const shown = told.flatMap((name) => {
    const field = fieldOf(object, name);
    return field && record[name] !== null && record[name] !== undefined ? [field] : [];
  });
  if (!body && shown.length === 0) return null;
  return (
    <div className={styles.card}>
      {body ? (
        <p className={styles.text}>
          <MentionText text={body} />
        </p>
      ) : null}
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
