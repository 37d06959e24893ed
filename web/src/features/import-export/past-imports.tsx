// Imports that ran: who, when, how many, and the way back. Trials are not listed.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { jobQuery } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { count, instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../ui/table/table.tsx';
import { Tag, type TagTone } from '../../ui/tag/tag.tsx';
import { errorFile, importsQuery } from './import-api.ts';
import { canUndo, isState, type PastImport, type State } from './import-model.ts';
import styles from './import.module.css';
import { Step } from './step.tsx';
import { UndoDialog } from './undo-dialog.tsx';

type Column = 'created' | 'updated' | 'refused';
const tones: { [state in State]: TagTone } = {
  waiting: 'info',
  running: 'info',
  done: 'good',
  failed: 'bad',
  cancelled: 'warn',
};

function CountCell({ row, column }: { row: PastImport; column: Column }) {
  const text = count(row.counts[column]);
  if (column !== 'refused' || row.counts.refused === 0) return text;
  return (
    <a href={errorFile(row.id)} download title={t('import.error_file')}>
      {text}
    </a>
  );
}

const number = (key: Column) => ({
  key,
  head: t(`import.count.${key}`),
  number: true,
  cell: (row: PastImport) => <CountCell row={row} column={key} />,
});

function UndoCell({ past, onUndo }: { past: PastImport; onUndo: (past: PastImport) => void }) {
  if (!canUndo(past)) return null;
  const name = past.name || past.id;
  return (
    <span className={styles.undo}>
      <Button compact look="quiet" aria-label={t('import.undo_named', { name })} onPress={() => onUndo(past)}>
        {t('common.undo')}
      </Button>
    </span>
  );
}

const still = (text: string | undefined) => <span className={styles.still}>{text}</span>;

const columnsOf = (onUndo: (past: PastImport) => void): TableColumn<PastImport>[] => [
  {
    key: 'name',
    head: t('import.name'),
    names: true,
    cell: (row) => (
      <Link to="/import" search={{ step: 'run', job: row.id }}>
        {row.name || row.id}
      </Link>
    ),
  },
  { key: 'state', head: t('import.state'), onLine: 'beside', cell: (row) => <StateTag past={row} /> },
  { key: 'by', head: t('import.by'), onLine: 'bare', cell: (row) => still(row.by?.name) },
  { key: 'at', head: t('import.at'), onLine: 'bare', cell: (row) => still(instant(row.created_at)) },
  number('created'),
  number('updated'),
  number('refused'),
  {
    key: 'undo',
    head: <span className="visually-hidden">{t('import.undo')}</span>,
    onLine: 'beside',
    cell: (row) => <UndoCell past={row} onUndo={onUndo} />,
  },
];

export function PastImports() {
  const imports = useInfiniteQuery(importsQuery);
  const [undoing, setUndoing] = useState<PastImport | null>(null);
  const rows = (imports.data?.pages ?? []).flatMap((page) => page.data).filter((one) => !one.dry_run);
  return (
    <Step title={t('import.past')}>
      {imports.isError ? <Notice tone="bad">{sentence(imports.error)}</Notice> : null}
      {imports.isPending ? <Skeleton /> : null}
      {imports.isSuccess && rows.length === 0 ? <p className={styles.about}>{t('import.past_none')}</p> : null}
      {rows.length > 0 ? (
        <Table label={t('import.past')} rows={rows} rowKey={(row) => row.id} columns={columnsOf(setUndoing)} />
      ) : null}
      {imports.hasNextPage ? (
        <div className={styles.line}>
          <Button compact isDisabled={imports.isFetching} onPress={() => imports.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      {undoing ? <UndoDialog import={undoing} onClose={() => setUndoing(null)} /> : null}
    </Step>
  );
}

function StateTag({ past }: { past: PastImport }) {
  const { data: undo } = useQuery({ ...jobQuery(past.undo ?? ''), enabled: !!past.undo });
  if (undo?.state === 'done') return <Tag>{t('import.undone')}</Tag>;
  if (undo?.state === 'waiting' || undo?.state === 'running') return <Tag tone="info">{t('import.undoing')}</Tag>;
  if (!isState(past.state)) return past.state;
  return <Tag tone={tones[past.state]}>{t(`import.state.${past.state}`)}</Tag>;
}
