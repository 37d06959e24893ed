import { RefreshCw } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { t } from '../../i18n/i18n.ts';
import { hasUpdate, onUpdate, takeUpdate } from '../worker.ts';
import styles from './shell.module.css';

export function Update() {
  if (!useSyncExternalStore(onUpdate, hasUpdate)) return null;
  return (
    <div className={styles.offline}>
      <span role="status" className={styles.offlineText}>
        <RefreshCw size={15} aria-hidden="true" />
        {t('shell.update')}
      </span>
      <button type="button" className={styles.offlineButton} onClick={takeUpdate}>
        {t('shell.refresh')}
      </button>
    </div>
  );
}
