// What this member was told, by day; a line opens its record and counts as read from then on.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  AtSign,
  CalendarClock,
  CalendarX,
  Check,
  CircleAlert,
  CircleCheck,
  Hourglass,
  MailX,
  Stamp,
  Star,
  UserPlus,
  Share2,
} from 'lucide-react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { markRead, notificationsQuery, unreadQuery } from '../../api/notifications.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import type { Id, Notification, NotificationReason } from '../../api/types.ts';
import { count, dayLabel, list, time } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { Button, IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Empty, Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { byDay, sayingOf, targetOf } from './inbox-model.ts';
import styles from './inbox.module.css';
import { kindOf } from './job-model.ts';

const pictures = {
  assigned: UserPlus,
  mentioned: AtSign,
  shared: Share2,
  approval_asked: Stamp,
  approval_decided: Stamp,
  followed: Star,
  job_done: CircleCheck,
  job_failed: CircleAlert,
  mail_failed: MailX,
  due: CalendarClock,
  overdue: CalendarX,
  stalled: Hourglass,
};
const tones: { [reason in NotificationReason]?: string } = {
  job_failed: 'bad',
  mail_failed: 'bad',
  approval_asked: 'warn',
  overdue: 'bad',
  stalled: 'warn',
};

export function useMarkRead() {
  const client = useQueryClient();
  return (ids?: Id[]) =>
    markRead(ids).then(
      () => void client.invalidateQueries({ queryKey: keys.notifications }),
      (error: unknown) => void toast(sentence(error), 'bad'),
    );
}

export const useHasUnread = (): boolean => (useQuery(unreadQuery).data ?? 0) > 0;

export function Told({ unread, onGo }: { unread: boolean; onGo?: () => void }) {
  const asked = useInfiniteQuery(notificationsQuery(unread));
  if (asked.isError) return <Notice tone="bad">{sentence(asked.error)}</Notice>;
  if (!asked.data) return <Skeleton lines={6} />;
  const told = asked.data.pages.flatMap((page) => page.data);
  if (told.length === 0)
    return unread ? (
      <Empty title={t('inbox.empty_unread')} />
    ) : (
      <Empty title={t('inbox.empty')}>{t('inbox.empty_help')}</Empty>
    );
  return (
    <>
      {byDay(told).map(({ day, items }) => (
        <section key={day} aria-label={dayLabel(day)} className={styles.day}>
          <h2 className={styles.dayName}>{dayLabel(day)}</h2>
          <ul>
            {items.map((one) => (
              <Line key={one.id} told={one} onGo={onGo} />
            ))}
          </ul>
        </section>
      ))}
      {asked.hasNextPage ? (
        <Button isDisabled={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('inbox.more')}
        </Button>
      ) : null}
    </>
  );
}

function useSaying() {
  const catalogue = useCatalogue();
  return (one: Notification): string => {
    const object = catalogue.object(one.object);
    return t(sayingOf(one), {
      by: one.by?.name ?? t('inbox.somebody'),
      name: one.record?.name ?? '',
      count: count(one.count),
      fields: list(one.fields.map((name) => pick(object && fieldOf(object, name)?.label) || name)),
      object: within(one.record ? object?.label : object?.plural_label),
      job: one.object === 'job' ? t(kindOf(one.record?.name ?? '')) : pick(object?.label),
    });
  };
}

function Line({ told: one, onGo }: { told: Notification; onGo?: () => void }) {
  const say = useSaying();
  const read = useMarkRead();
  const target = targetOf(one, useCatalogue().object(one.object)?.plural);
  const Picture = pictures[one.reason] ?? CircleAlert;
  const go = () => {
    if (!one.read) void read([one.id]);
    onGo?.();
  };
  const words = (
    <>
      <span className={styles.text}>{say(one)}</span>
      <time dateTime={one.at} className={styles.at}>
        {time(one.at)}
      </time>
    </>
  );
  return (
    <li className={classes(styles.line, !one.read && styles.unread)}>
      <span className={classes(styles.picture, styles[tones[one.reason] ?? 'plain'])} aria-hidden="true">
        <Picture size={16} strokeWidth={1.75} />
      </span>
      {target ? (
        <Link to={target.to} search={target.search ?? {}} className={styles.words} onClick={go}>
          {words}
        </Link>
      ) : (
        <span className={styles.words}>{words}</span>
      )}
      {one.read ? (
        <span className={styles.gap} />
      ) : (
        <IconButton
          label={`${t('inbox.read_one')}: ${say(one)}`}
          className={styles.mark}
          onPress={() => void read([one.id])}
        >
          <span className={styles.dot} />
          <Check size={14} aria-hidden="true" className={styles.tick} />
        </IconButton>
      )}
    </li>
  );
}
