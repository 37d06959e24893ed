// What waits on this device for the line: each with its text, what became of it, and what can be done. Nothing is thrown away
// without being asked.
import { useState, useSyncExternalStore } from 'react';
import { discard, isUnsure, type Kept, keptNow, onKept, retry } from '../../api/outbox.ts';
import { instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import styles from './outbox.module.css';

export const useKept = (): Kept[] => useSyncExternalStore(onKept, keptNow);

export function KeptList({ list }: { list: Kept[] }) {
  return (
    <ul className={styles.list}>
      {list.map((kept) => (
        <KeptLine key={kept.key} kept={kept} />
      ))}
    </ul>
  );
}

function KeptLine({ kept }: { kept: Kept }) {
  const [asking, setAsking] = useState(false);
  const [now] = useState(() => Date.now());
  const unsure = isUnsure(kept, now);
  const stays = kept.refused !== undefined || unsure;
  return (
    <li className={styles.item}>
      <p className={styles.head}>
        <span className={styles.title}>{kept.title}</span>
        <Tag tone={stays ? 'bad' : 'warn'}>{stays ? t('outbox.not_sent') : t('outbox.waiting')}</Tag>
      </p>
      {kept.text ? <p className={styles.text}>{kept.text}</p> : null}
      <p className={styles.meta}>{instant(kept.at)}</p>
      {kept.refused ? <p className={styles.why}>{t('outbox.refused', { say: kept.refused })}</p> : null}
      {unsure ? <p className={styles.why}>{t('outbox.unsure')}</p> : null}
      <div className={styles.buttons}>
        {stays ? <Button onPress={() => void retry(kept.key)}>{t('outbox.retry')}</Button> : null}
        {asking ? (
          <>
            <span className={styles.why}>{t('outbox.discard_ask')}</span>
            <Button look="danger" onPress={() => void discard(kept.key)}>
              {t('outbox.discard')}
            </Button>
            <Button onPress={() => setAsking(false)}>{t('common.cancel')}</Button>
          </>
        ) : (
          <Button look="quiet" onPress={() => setAsking(true)}>
            {t('outbox.discard')}
          </Button>
        )}
      </div>
    </li>
  );
}

// On the page of a record: what was written about it and is not there yet.
export function KeptHere({ object, id }: { object: string; id: string }) {
  const here = useKept().filter((kept) => kept.about.some((one) => one.object === object && one.id === id));
  if (here.length === 0) return null;
  return (
    <section aria-label={t('outbox.title')} className={styles.here}>
      <KeptList list={here} />
    </section>
  );
}
