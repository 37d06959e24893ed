import { queryOptions } from '@tanstack/react-query';
import { get } from '../../../api/client.ts';
import type { Page } from '../../../api/types.ts';

export const rolesQuery = queryOptions({
  queryKey: ['records', 'roles', 'list', 'settings'],
  queryFn: ({ signal }) => get<Page>('/roles', { limit: 1000, count: 'none' }, signal).then((page) => page.data),
});
