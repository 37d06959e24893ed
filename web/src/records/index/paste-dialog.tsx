// What a pasted block would do, cell by cell, before anything is written: the server tries it, what it refuses is left out with
// the reason, and the rest is one job that can be taken back.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useState } from 'react';
import { describeQuery } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { bulkRun } from '../../api/records.ts';
import type { Id, Job, ObjectDef } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { nameOf } from '../fields/record-name.ts';
import { valueText } from '../fields/value-text.ts';
import { useBulkEnd } from './bulk-end.ts';
import { JobDialog } from './job-dialog.tsx';
import styles from './paste.module.css';
import { changesOf, type Pasted, type PastedCell, triedPaste } from './paste-trial.ts';

type Props = { object: ObjectDef; pasted: Pasted; onClose: () => void };

const shown_max = 200;

export function PasteDialog({ object, pasted, onClose }: Props) {
  const trial = useQuery(triedPaste(object, useSuspenseQuery(describeQuery).data, pasted));
  const end = useBulkEnd(object);
  const [job, setJob] = useState<Id | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const cells = trial.data?.cells ?? [];
  const good = cells.filter((cell) => !cell.refused);
  const records = new Set(good.map((cell) => cell.record.id)).size;
  const run = async () => {
    setBusy(true);
    try {
      setJob((await bulkRun(object.plural, { each: changesOf(cells) })).job);
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  const over = (ended: Job) => {
    end(ended);
    onClose();
  };
  if (job) return <JobDialog title={t('list.paste')} job={job} onClose={onClose} onDone={over} onStopped={over} />;
  return (
    <Dialog
      size="large"
      title={t('list.paste')}
      onClose={onClose}
      onSubmit={() => {
        if (good.length > 0 && !busy) void run();
      }}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={good.length === 0 || busy}>
            {t('list.paste.run', { cells: count(good.length), records: count(records) })}
          </Button>
        </>
      }
    >
      {refusal || trial.isError ? <Notice tone="bad">{sentence(refusal ?? trial.error)}</Notice> : null}
      {trial.isPending ? (
        <Skeleton lines={4} />
      ) : (
        <>
          <p aria-live="polite">
            {t('list.paste.counts', { cells: count(good.length), refused: count(cells.length - good.length) })}{' '}
            {trial.data?.beyond ? t('list.paste.beyond', { rows: count(trial.data.beyond) }) : ''}
          </p>
          <Preview object={object} cells={cells.slice(0, shown_max)} />
          {cells.length > shown_max ? <p>{t('list.paste.more', { count: count(cells.length - shown_max) })}</p> : null}
        </>
      )}
    </Dialog>
  );
}

function Preview({ object, cells }: { object: ObjectDef; cells: PastedCell[] }) {
  if (cells.length === 0) return null;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('list.paste')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('list.paste.record')}</th>
            <th scope="col">{t('filter.field')}</th>
            <th scope="col">{t('list.paste.change')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map((cell) => (
            <tr key={`${cell.record.id} ${cell.column.path}`}>
              <th scope="row">{nameOf(object, cell.record) || t('records.no_name')}</th>
              <td>{cell.column.label}</td>
              <td>
                <span className={styles.old}>
                  {valueText(cell.column.field, cell.record[cell.column.path]) || t('records.not_filled')}
                </span>{' '}
                <ArrowRight size={13} aria-hidden="true" />{' '}
                {cell.refused ? (
                  <>
                    <s>{cell.text}</s> <span className={styles.refused}>{cell.refused}</span>
                  </>
                ) : (
                  <b>{valueText(cell.column.field, cell.value) || t('records.not_filled')}</b>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
