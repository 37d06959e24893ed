// Who locked the record and why, and the way out for whoever may.
import { useQuery } from '@tanstack/react-query';
import { LockKeyhole } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { type LockState, lockQuery } from '../../api/locks.ts';
import type { Id, ObjectDef, RecordData } from '../../api/types.ts';
import { instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import styles from './lock-banner.module.css';

const VerbDialog = lazy(() => import('./verb-dialog.tsx').then((room) => ({ default: room.VerbDialog })));

// What nobody owns nobody locks.
export const useLock = (object: ObjectDef, id: Id): LockState | undefined =>
  useQuery({ ...lockQuery(object.plural, id), enabled: object.owned }).data;

type Props = { object: ObjectDef; record: RecordData; state: LockState | undefined };

export function LockBanner({ object, record, state }: Props) {
  const [asking, setAsking] = useState(false);
  const lock = state?.lock;
  if (!lock) return null;
  const unlock = object.verbs.find((verb) => verb.name === 'unlock');
  const close = () => setAsking(false);
  return (
    <div className={styles.place}>
      <Notice tone="warn">
        <span className={styles.banner}>
          <LockKeyhole size={15} aria-hidden="true" />
          <span className={styles.text}>
            {t('record.locked', { name: lock.by?.name ?? '', at: instant(lock.since), reason: lock.reason })}
          </span>
          {state.may && unlock ? (
            <Button compact onPress={() => setAsking(true)}>
              {t('record.unlock')}
            </Button>
          ) : null}
        </span>
      </Notice>
      {asking && unlock ? (
        <Suspense fallback={null}>
          <VerbDialog object={object} record={record} verb={unlock} onClose={close} onDone={close} />
        </Suspense>
      ) : null}
    </div>
  );
}
