// What a job is called, how fast it goes, what came of it.
import { ended } from '../../api/jobs.ts';
import type { Job } from '../../api/types.ts';

const kinds = [
  'import',
  'export',
  'bulk',
  'bulk_undo',
  'import_undo',
  'demo_fill',
  'demo_remove',
  'person_export',
  'erase',
] as const;

export function kindOf(kind: string, about?: Job['about']) {
  if (kind === 'import' && about?.dry_run) return 'jobs.kind.trial' as const;
  const known = kinds.find((one) => one === kind);
  return known ? (`jobs.kind.${known}` as const) : ('jobs.kind.other' as const);
}

export type Pace = { rate: number; seconds: number | null };

// Told by the whole of its way so far; the first two seconds say little.
export function paceOf(job: Job, now: number): Pace | null {
  const { done = 0, total = null } = job.progress ?? {};
  const seconds = (now - Date.parse(job.created_at ?? '')) / 1000;
  if (job.state !== 'running' || done <= 0 || !(seconds >= 2)) return null;
  const rate = done / seconds;
  return { rate, seconds: total ? Math.max(0, (total - done) / rate) : null };
}

type Figure = 'changed' | 'created' | 'updated' | 'skipped' | 'refused' | 'restored' | 'removed' | 'kept' | 'rows';
const figures: Figure[] = [
  'created',
  'updated',
  'changed',
  'restored',
  'removed',
  'rows',
  'skipped',
  'refused',
  'kept',
];
const weight = (value: unknown): number =>
  typeof value === 'number'
    ? value
    : Array.isArray(value)
      ? value.reduce((sum: number, one: { count?: number }) => sum + (one.count ?? 0), 0)
      : 0;

// The figures of a result that are not nought, in an order that means something.
export function resultOf(job: Job): { figure: Figure; count: number }[] {
  const result = (job.result ?? {}) as { [name: string]: unknown };
  const told = { ...result, ...(result.counts as object | undefined) } as { [name: string]: unknown };
  return figures.flatMap((figure) => {
    const count = weight(told[figure]);
    return count > 0 ? [{ figure, count }] : [];
  });
}

const file_kept_ms = 86_400_000;
export const hasFile = (job: Job, now: number): 'yes' | 'gone' | 'no' => {
  if ((job.kind !== 'export' && job.kind !== 'person_export') || job.state !== 'done') return 'no';
  return now - Date.parse(job.finished_at ?? '') < file_kept_ms ? 'yes' : 'gone';
};

export const canCancel = (job: Job): boolean => !ended(job) && job.kind !== 'demo_remove';
