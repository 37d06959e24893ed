// What became of one field: from what to what, by whom, when and how.
import { useInfiniteQuery } from '@tanstack/react-query';
import { sentence } from '../../api/problem.ts';
import { historyQuery } from '../../api/records.ts';
import type { Field, ObjectDef, RecordData, Version } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { pastText } from '../fields/value-text.ts';
import { madeBy } from './history-text.ts';
import styles from './history.module.css';

type Props = { object: ObjectDef; record: RecordData; field: Field; onClose: () => void };

export function FieldHistory({ object, record, field, onClose }: Props) {
  const query = useInfiniteQuery(historyQuery(object.plural, record.id, field.name));
  const versions = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Dialog title={t('record.history.of', { field: pick(field.label) })} onClose={onClose}>
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.isError ? <Notice tone="bad">{sentence(query.error)}</Notice> : null}
      {query.isSuccess && versions.length === 0 ? <p className={styles.quiet}>{t('record.history.none')}</p> : null}
      <ol className={styles.versions}>
        {versions.map((version) => (
          <li key={version.seq} className={styles.version}>
            <Change field={field} version={version} />
            <p className={styles.quiet}>{madeBy(version)}</p>
          </li>
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button look="quiet" isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('record.history.more')}
        </Button>
      ) : null}
    </Dialog>
  );
}

function Change({ field, version }: { field: Field; version: Version }) {
  const change = version.changes[0];
  const text = (value: Version['changes'][0]['old']) => pastText(field, value) || t('records.not_filled');
  return (
    <p className={styles.change}>
      {version.verb === 'created' ? null : (
        <>
          <del>{text(change?.old)}</del>
          <span aria-hidden="true">→</span>
          <span className="visually-hidden">{t('record.history.to')}</span>
        </>
      )}
      <ins>{text(change?.new)}</ins>
    </p>
  );
}
