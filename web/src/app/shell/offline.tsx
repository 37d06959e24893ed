// A strip while the line is down. Queries wait and continue by themselves.
import { onlineManager } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { t } from '../../i18n/i18n.ts';
import styles from './shell.module.css';

export function Offline() {
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  if (online) return null;
  return (
    <div role="status" className={styles.offline}>
      <CloudOff size={15} aria-hidden="true" />
      {t('shell.offline')}
    </div>
  );
}
