// Taking an import back: asked first, watched, and at the end what could not be taken back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { ended, jobQuery } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { importsKey, undoImport } from './import-api.ts';
import type { KeptRecord, PastImport, UndoResult } from './import-model.ts';
import styles from './import.module.css';
import { JobProgress } from './job-progress.tsx';

export function UndoDialog({ import: past, onClose }: { import: PastImport; onClose: () => void }) {
  const client = useQueryClient();
  const [job, setJob] = useState<string | null>(null);
  const [refused, setRefused] = useState('');
  const { data: found } = useQuery({ ...jobQuery(job ?? ''), enabled: job !== null });
  const isOver = ended(found);
  useEffect(() => {
    if (!isOver) return;
    void client.invalidateQueries({ queryKey: importsKey });
    void client.invalidateQueries({ queryKey: ['records'] });
  }, [client, isOver]);
  const start = () => {
    setRefused('');
    undoImport(past.id).then(setJob, (error) => setRefused(sentence(error)));
  };
  const result = found?.state === 'done' ? (found.result as UndoResult | null | undefined) : null;
  return (
    <Dialog
      size="small"
      title={t('import.undo')}
      onClose={onClose}
      footer={
        job ? (
          <Button onPress={onClose}>{t('common.close')}</Button>
        ) : (
          <>
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button look="danger" onPress={start}>
              {t('import.undo_confirm')}
            </Button>
          </>
        )
      }
    >
      {refused ? <Notice tone="bad">{refused}</Notice> : null}
      {job ? null : (
        <p>{t('import.undo_help', { created: count(past.counts.created), updated: count(past.counts.updated) })}</p>
      )}
      {found && !isOver ? <JobProgress job={found} label={t('import.undoing')} /> : null}
      {found?.state === 'failed' || found?.state === 'cancelled' ? (
        <Notice tone="bad">{found.problem?.title ?? t('import.undo_stopped')}</Notice>
      ) : null}
      {result ? <Undone result={result} /> : null}
    </Dialog>
  );
}

function Undone({ result }: { result: UndoResult }) {
  const kept = result.kept_records ?? [];
  return (
    <>
      <Notice tone={result.kept > 0 ? 'warn' : 'good'}>
        {t('import.undo_done', {
          removed: count(result.removed),
          restored: count(result.restored),
          kept: count(result.kept),
        })}
      </Notice>
      {kept.length > 0 ? (
        <ul className={styles.kept}>
          {kept.map((one) => (
            <KeptLine key={`${one.object} ${one.id}`} one={one} />
          ))}
        </ul>
      ) : null}
    </>
  );
}

function KeptLine({ one }: { one: KeptRecord }) {
  const def = useCatalogue().object(one.object);
  return <li>{def ? <Link to={`/${def.plural}/${one.id}`}>{`${pick(def.label)} ${one.id}`}</Link> : one.id}</li>;
}
