// A strip while the line is down, the server does not answer, or something waits on this device. It knocks until somebody opens; then
// everything is asked anew.
import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { request } from '../../api/client.ts';
import { keptNow, onKept } from '../../api/outbox.ts';
import { isReached, subscribeReach } from '../../api/reach.ts';
import { t } from '../../i18n/i18n.ts';
import { whenIdle } from '../../lib/idle.ts';
import { part } from '../../lib/part.ts';
import styles from './shell.module.css';

// Fetched while there is a line: it is looked at where there is none.
const { Part: KeptDialog, fetch: fetchKeptDialog } = part(() =>
  import('../../records/outbox/kept-dialog.tsx').then((room) => room.KeptDialog),
);
const knock_ms = 4000;
const subscribeLine = (listener: () => void) => onlineManager.subscribe(listener);

function useLine(): boolean {
  const client = useQueryClient();
  const online = useSyncExternalStore(subscribeLine, () => onlineManager.isOnline());
  const reached = useSyncExternalStore(subscribeReach, isReached);
  useEffect(() => {
    if (reached) return;
    const knock = () =>
      request('GET', '/session', { quiet401: true }).then(
        () => client.invalidateQueries(),
        () => {},
      );
    const timer = setInterval(() => void knock(), knock_ms);
    return () => clearInterval(timer);
  }, [reached, client]);
  return online && reached;
}

export function Offline() {
  const online = useLine();
  const count = useSyncExternalStore(onKept, keptNow).length;
  const [open, setOpen] = useState(false);
  useEffect(() => whenIdle(fetchKeptDialog), []);
  if (online && count === 0 && !open) return null;
  return (
    <div className={styles.offline}>
      <span role="status" className={styles.offlineText}>
        <CloudOff size={15} aria-hidden="true" />
        {online ? t('outbox.count', { count }) : t('shell.offline')}
      </span>
      {count > 0 ? (
        <button type="button" className={styles.offlineButton} onClick={() => setOpen(true)}>
          {online ? t('outbox.look') : t('outbox.count', { count })}
        </button>
      ) : null}
      <Suspense fallback={null}>{open ? <KeptDialog onClose={() => setOpen(false)} /> : null}</Suspense>
    </div>
  );
}
