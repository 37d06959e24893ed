// What this member was told, and how many of it are unread.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, post } from './client.ts';
import { keys } from './query-keys.ts';
import type { Id, Notification, Page } from './types.ts';

export type NotificationPage = Page<Notification> & { unread: number };

export const notificationsQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [...keys.notifications, unread ? 'unread' : 'all'],
    queryFn: ({ pageParam, signal }) =>
      get<NotificationPage>('/notifications', { unread: unread || undefined, limit: 30, after: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page: NotificationPage) => page.next || undefined,
  });

// For the badge alone; counts to 100.
export const unreadQuery = queryOptions({
  queryKey: [...keys.notifications, 'count'],
  queryFn: ({ signal }) =>
    get<NotificationPage>('/notifications', { unread: true, limit: 1 }, signal).then((page) => page.unread),
  staleTime: 60_000,
});

export const markRead = (ids?: Id[]) =>
  post<{ marked: number }>('/notifications/actions/read', ids ? { ids } : undefined);
