// Two versions of a record beside each other: only what differs.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { compareQuery, historyQuery } from '../../api/records.ts';
import type { ObjectDef, RecordData, Version } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { eventText } from './event-text.ts';
import { differing, madeBy } from './history-text.ts';
import styles from './history.module.css';

type Props = { object: ObjectDef; record: RecordData; onClose: () => void };

export function CompareDialog({ object, record, onClose }: Props) {
  const catalogue = useCatalogue();
  const query = useInfiniteQuery(historyQuery(object.plural, record.id, '', 200));
  const versions = query.data?.pages.flatMap((page) => page.data) ?? [];
  const [chosen, choose] = useState<{ from?: string; to?: string }>({});
  const to = chosen.to ?? versions[0]?.seq;
  const from = chosen.from ?? versions.at(query.hasNextPage ? 1 : -1)?.seq;
  const options = versions.map((version) => ({ key: version.seq, label: nameOfVersion(version) }));
  function nameOfVersion(version: Version): string {
    const text = eventText(catalogue, object, { ...version, object: object.name, id: record.id });
    return [instant(version.happened_at), version.actor?.name, text].filter(Boolean).join(' ');
  }
  return (
    <Dialog title={t('record.compare')} size="large" onClose={onClose}>
      {query.isPending ? <Skeleton lines={4} /> : null}
      {query.isError ? <Notice tone="bad">{sentence(query.error)}</Notice> : null}
      {query.isSuccess && versions.length < 2 ? <p className={styles.quiet}>{t('record.compare.single')}</p> : null}
      {from && to && versions.length > 1 ? (
        <>
          <div className={styles.choice}>
            <Select
              label={t('record.compare.from')}
              value={from}
              options={options}
              onChange={(key) => choose({ from: key ?? undefined, to })}
            />
            <Select
              label={t('record.compare.to')}
              value={to}
              options={options}
              onChange={(key) => choose({ from, to: key ?? undefined })}
            />
          </div>
          <Differences object={object} record={record} from={from} to={to} />
        </>
      ) : null}
      {query.hasNextPage ? (
        <Button look="quiet" isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {t('record.history.more')}
        </Button>
      ) : null}
    </Dialog>
  );
}

type DifferencesProps = { object: ObjectDef; record: RecordData; from: string; to: string };

function Differences({ object, record, from, to }: DifferencesProps) {
  const { data, error } = useQuery({
    ...compareQuery(object.plural, record.id, from, to),
    placeholderData: (old) => old,
  });
  if (error) return <Notice tone="bad">{sentence(error)}</Notice>;
  if (!data) return <Skeleton lines={3} />;
  const rows = differing(object, data);
  if (rows.length === 0) return <p className={styles.quiet}>{t('record.compare.same')}</p>;
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('record.compare')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('record.compare.field')}</th>
            <th scope="col">{madeBy(data.from)}</th>
            <th scope="col">{madeBy(data.to)}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.label}</th>
              <td>{row.from || t('records.not_filled')}</td>
              <td>{row.to || t('records.not_filled')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
