// The parts of a grouped list and what is added up under a list: what the server is asked, and how its answer reads.
import { queryOptions } from '@tanstack/react-query';
import type { Catalogue } from '../../api/describe.ts';
import { askQuery, type QueryAsk } from '../../api/query.ts';
import type { Field, ObjectDef, Value } from '../../api/types.ts';
import { month } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { valueText } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import type { TotalKind, Totals } from './view-state.ts';

export const groups_max = 500;
export type GroupRow = { g: Value; n: number; open: string } & { [measure: string]: Value };
export type TotalRow = { n: number } & { [measure: string]: Value };
export type Summed = { path: string; kind: TotalKind };

const isDay = (field: Field) => field.type === 'date' || field.type === 'instant';

// What a list can be grouped by: few values, or months.
export const canGroup = (field: Field): boolean =>
  field.access !== 'masked' &&
  (field.type === 'choice' || field.type === 'boolean' || field.type === 'reference' || isDay(field));

const keyOf = (field: Field): string =>
  field.type === 'instant'
    ? `month(date_of(${field.name}))`
    : field.type === 'date'
      ? `month(${field.name})`
      : field.name;

export function groupText(field: Field, key: Value): string {
  if (key === null || key === undefined) return t('list.group.none');
  return isDay(field) ? month(String(key)) : valueText(field, key);
}

const figures = new Set(['money', 'number', 'share']);
export const hasTotal = ({ path, field }: Column): boolean =>
  figures.has(field.type) && !path.includes('.') && field.access !== 'masked';

// Unless chosen otherwise, money is added up.
export function summedOf(columns: Column[], totals: Totals): Summed[] {
  return columns.filter(hasTotal).flatMap(({ path, field }) => {
    const kind = totals[path] ?? (field.type === 'money' ? 'sum' : 'none');
    return kind === 'none' ? [] : [{ path, kind }];
  });
}

// No word of the question's own.
export const measureOf = (path: string): string => `m_${path}`;
const measuresOf = (summed: Summed[]) =>
  Object.fromEntries(summed.map(({ path, kind }) => [measureOf(path), `${kind}(${path})`]));

type Asked = { filter: string; q: string };

export const groupsQuery = (object: ObjectDef, field: Field | undefined, asked: Asked, summed: Summed[]) =>
  queryOptions({
    ...askQuery<GroupRow>(
      {
        from: object.plural,
        where: asked.filter || undefined,
        q: asked.q || undefined,
        group: field ? [{ as: 'g', of: keyOf(field) }] : [],
        measures: { n: 'count()', ...measuresOf(summed) },
        limit: groups_max,
      } satisfies QueryAsk,
      [object.name],
    ),
    enabled: !!field,
    staleTime: 15_000,
  });

export const totalsQuery = (object: ObjectDef, asked: Asked, summed: Summed[]) =>
  queryOptions({
    ...askQuery<TotalRow>(
      {
        from: object.plural,
        where: asked.filter || undefined,
        q: asked.q || undefined,
        measures: { n: 'count()', ...measuresOf(summed) },
      },
      [object.name],
    ),
    enabled: summed.length > 0,
    staleTime: 15_000,
  });

export function groupable(catalogue: Catalogue, object: ObjectDef, path: string): Field | undefined {
  const field = path ? catalogue.path(object, path) : undefined;
  return field && canGroup(field) ? field : undefined;
}
