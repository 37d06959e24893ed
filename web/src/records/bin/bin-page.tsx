// 最近删除: what lies in the bin of an object, the last deleted first, and the way out of it – for one, or for all that are ticked.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ArrowLeft, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { binQuery, bulkRun } from '../../api/records.ts';
import type { Field, Id, Job, ObjectDef, RecordData } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { printCondition } from '../../lib/formula.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { SearchInput } from '../../ui/field/search-input.tsx';
import { Page } from '../../ui/page/page.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { useBulkEnd } from '../index/bulk-end.ts';
import { NotFound } from '../not-found.tsx';
import styles from './bin.module.css';
import { BinLine } from './bin-line.tsx';
import { useRestore } from './use-restore.ts';

const JobDialog = lazy(() => import('../index/job-dialog.tsx').then((room) => ({ default: room.JobDialog })));

const details_max = 3;

export function BinPage() {
  const { plural } = useParams({ strict: false }) as { plural: string };
  const object = useCatalogue().plural(plural);
  if (!object?.rights.delete) return <NotFound />;
  return <Bin key={plural} object={object} />;
}

// What tells one record from another: its first columns.
const detailsOf = (object: ObjectDef): Field[] =>
  object.layout.list
    .filter((name) => name !== object.name_field && name !== 'owner' && name !== 'updated_at')
    .flatMap((name) => fieldOf(object, name) ?? [])
    .slice(0, details_max);

// The text index knows live records alone; the bin is searched by name.
function searchedBy(object: ObjectDef, text: string): string {
  const field = fieldOf(object, object.name_field);
  if (text === '' || field?.type !== 'text') return '';
  return printCondition({ field: field.name, op: 'contains', values: [text] });
}

function Bin({ object }: { object: ObjectDef }) {
  const [typed, setTyped] = useState('');
  const q = useRested(typed.trim());
  const details = detailsOf(object);
  const fields = [object.name_field, ...details.map((field) => field.name), 'deleted_at', 'deleted_by'].join(',');
  const asked = useInfiniteQuery(binQuery(object.plural, { filter: searchedBy(object, q), fields }));
  const records = asked.data?.pages.flatMap((page) => page.data) ?? [];
  const [ticked, setTicked] = useState<Set<Id>>(new Set());
  // What is no longer here was brought back.
  const chosen = records.filter((record) => ticked.has(record.id));
  const bring = useRestore(object);
  const many = useMany(object, () => setTicked(new Set()));
  const tick = (record: RecordData) => {
    const next = new Set(ticked);
    if (!next.delete(record.id)) next.add(record.id);
    setTicked(next);
  };
  const total = asked.data?.pages[0]?.count ?? 0;
  const objects = pick(object.plural_label);
  const all = records.length > 0 && chosen.length === records.length;
  return (
    <Page
      name={t('bin.title_of', { objects })}
      title={
        <span className={styles.title}>
          <Link to={`/${object.plural}`} aria-label={t('records.back_to', { objects: within(object.plural_label) })}>
            <ArrowLeft size={16} aria-hidden="true" />
          </Link>
          {t('bin.title_of', { objects })}
        </span>
      }
    >
      <div className={styles.tools}>
        <SearchInput label={t('bin.search')} value={typed} onChange={setTyped} className={styles.search} />
        <span className={styles.total} aria-live="polite">
          {asked.data ? t('records.total', { count: count(total) }) : ''}
        </span>
      </div>
      {asked.isError ? <Notice tone="bad">{sentence(asked.error)}</Notice> : null}
      {asked.isPending ? <Skeleton lines={8} /> : null}
      {asked.isSuccess && records.length === 0 ? (
        <Empty title={t(q ? 'bin.none_match' : 'bin.empty')}>
          {q ? null : t('bin.empty_help', { objects: within(object.plural_label) })}
        </Empty>
      ) : null}
      {records.length > 0 ? (
        <>
          {object.rights.bulk ? (
            <div className={styles.head}>
              <Checkbox
                isSelected={all}
                isIndeterminate={chosen.length > 0 && !all}
                onChange={(on) => setTicked(new Set(on ? records.map((record) => record.id) : []))}
              >
                {chosen.length > 0 ? t('bulk.selected', { count: count(chosen.length) }) : t('records.select_all')}
              </Checkbox>
              {chosen.length > 0 ? (
                <Button look="primary" onPress={() => many.start(chosen.map((record) => record.id))}>
                  <RotateCcw size={15} aria-hidden="true" />
                  {t('bin.restore_many', { count: count(chosen.length) })}
                </Button>
              ) : null}
            </div>
          ) : null}
          <ul className={styles.list} aria-label={t('bin.title_of', { objects })}>
            {records.map((record) => (
              <BinLine
                key={record.id}
                object={object}
                record={record}
                details={details}
                ticked={ticked.has(record.id)}
                onTick={object.rights.bulk ? () => tick(record) : undefined}
                onRestore={() => bring(record)}
              />
            ))}
          </ul>
        </>
      ) : null}
      {asked.hasNextPage ? (
        <Button isDisabled={asked.isFetchingNextPage} onPress={() => void asked.fetchNextPage()}>
          {t('bin.more')}
        </Button>
      ) : null}
      <Suspense fallback={null}>{many.dialog}</Suspense>
    </Page>
  );
}

// All that are ticked come back as one job, which can be taken back like any other.
function useMany(object: ObjectDef, onDone: () => void) {
  const [job, setJob] = useState<Id | null>(null);
  const end = useBulkEnd(object);
  const start = (ids: Id[]) =>
    void bulkRun(object.plural, { ids, verb: { name: 'restore', arguments: {} } }).then(
      (answer) => setJob(answer.job),
      (error: unknown) => void toast(sentence(error), 'bad'),
    );
  const over = (ended: Job) => {
    setJob(null);
    onDone();
    end(ended);
  };
  const dialog = job ? (
    <JobDialog title={t('bin.restore')} job={job} onClose={() => setJob(null)} onDone={over} onStopped={over} />
  ) : null;
  return { start, dialog };
}
