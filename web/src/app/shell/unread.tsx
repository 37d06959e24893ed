// How much is unread, beside the page's name and in the tab's title.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { unreadQuery } from '../../api/notifications.ts';
import { t } from '../../i18n/i18n.ts';
import { setTitleBadge } from '../../lib/title.ts';
import styles from './bell.module.css';

export const shortCount = (unread: number): string => (unread > 99 ? '99+' : String(unread));
export const useUnread = (): number => useQuery(unreadQuery).data ?? 0;

export function UnreadBadge() {
  const unread = useUnread();
  useEffect(() => setTitleBadge(unread), [unread]);
  if (unread === 0) return null;
  return (
    <span className={styles.badge}>
      <span aria-hidden="true">{shortCount(unread)}</span>
      <span className="visually-hidden">{t('shell.unread', { count: shortCount(unread) })}</span>
    </span>
  );
}
