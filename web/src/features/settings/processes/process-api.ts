// Processes and their versions are records like any other; the verb publish makes the next version.
import { queryOptions } from '@tanstack/react-query';
import { get } from '../../../api/client.ts';
import { askQuery } from '../../../api/query.ts';
import type { Page, RecordData, Reference } from '../../../api/types.ts';

export type Process = RecordData & { active_version?: Reference | null };
export const processesQuery = queryOptions({
  queryKey: ['records', 'processes', 'list', 'settings'],
  queryFn: ({ signal }) =>
    get<Page<Process>>('/processes', { limit: 200, count: 'none' }, signal).then((page) => page.data),
});
export const versionsQuery = (process: string) =>
  queryOptions({
    queryKey: ['records', 'process_versions', 'list', { process }],
    queryFn: ({ signal }) =>
      get<Page>('/process_versions', { filter: `process = "${process}"`, limit: 1000, count: 'none' }, signal).then(
        (page) => page.data.sort((a, b) => Number(b.number) - Number(a.number)),
      ),
  });

export const objectOf = (process: Process): string => String(process.runs_on ?? '');

// Open records of a process by version and stage.
export type OpenRow = { version: Reference | string | null; stage: string | null; n: number };
export const openQuery = (plural: string, object: string, process: string) =>
  askQuery<OpenRow>(
    {
      from: plural,
      where: `process = "${process}" and outcome = "open"`,
      group: [{ as: 'version', of: 'process_version' }, 'stage'],
      measures: { n: 'count()' },
      limit: 1000,
    },
    [object],
  );
export const versionOf = (row: OpenRow): string =>
  typeof row.version === 'object' ? (row.version?.id ?? '') : (row.version ?? '');
