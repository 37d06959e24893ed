// With whom one record is shared beyond its owner and those above, and why its reader sees it. Who may share adds, changes and takes
// back; the others read it, and may give back what was given to themselves.
import { useQuery } from '@tanstack/react-query';
import { sentence } from '../../api/problem.ts';
import { sharesQuery } from '../../api/shares.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { nameOf } from '../fields/record-name.ts';
import { ShareForm, useShareForm } from './share-form.tsx';
import { ShareLine } from './share-line.tsx';
import { inOrder } from './share-model.ts';
import styles from './share.module.css';
import { WhyYouSee } from './why-you-see.tsx';

type Props = { object: ObjectDef; record: RecordData; onClose: () => void; onGone: () => void };

export function ShareDialog({ object, record, onClose, onGone }: Props) {
  const asked = useQuery(sharesQuery(object.plural, record.id));
  const form = useShareForm(object, record);
  const may = asked.data?.may ?? false;
  const shares = inOrder(asked.data?.data ?? []);
  const left = () => {
    onClose();
    onGone();
  };
  return (
    <Dialog
      title={t('share.title', { name: nameOf(object, record) || t('records.no_name') })}
      onClose={onClose}
      onSubmit={may ? () => void form.submit() : undefined}
    >
      {asked.isError && !asked.data ? <Notice tone="bad">{sentence(asked.error)}</Notice> : null}
      {asked.isPending ? <Skeleton lines={5} /> : null}
      {asked.data ? (
        <>
          {may ? <ShareForm form={form} record={record} shares={shares} /> : null}
          <section className={styles.part} aria-label={t('share.now')}>
            <h3>{t('share.now')}</h3>
            {shares.length === 0 ? (
              <p className={styles.quiet}>
                {t('share.none')} {may ? t('share.none_help') : null}
              </p>
            ) : (
              <ul className={styles.lines}>
                {shares.map((share) => (
                  <ShareLine
                    key={share.grantee.id}
                    object={object}
                    record={record}
                    share={share}
                    may={may}
                    onLeft={left}
                  />
                ))}
              </ul>
            )}
            {may ? null : <p className={styles.quiet}>{whoMay(record)}</p>}
          </section>
          <WhyYouSee object={object} record={record} />
        </>
      ) : null}
    </Dialog>
  );
}

const whoMay = (record: RecordData): string =>
  record.owner ? t('share.who_may', { owner: record.owner.name }) : t('share.who_may_unowned');
