// ?: every key that works now, by what it is for.
import { t } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { Keys } from '../ui/keys/keys.tsx';
import styles from './key-sheet.module.css';
import { capsOf } from './keys.ts';
import { actionGroups, actionsNow } from './registry.ts';
import { useState } from 'react';

export function KeySheet({ onClose }: { onClose: () => void }) {
  const [actions] = useState(() => actionsNow().filter((action) => action.keys));
  return (
    <Dialog title={t('shell.keys')} size="large" onClose={onClose}>
      {/* On a low screen the keys scroll it. */}
      <div className={styles.groups} tabIndex={0} role="group" aria-label={t('shell.keys')}>
        {actionGroups.map((group) => {
          const rows = actions.filter((action) => action.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} className={styles.group}>
              <h3 className={styles.title}>{t(`shell.actions.${group}`)}</h3>
              <dl>
                {rows.map((action) => (
                  <div key={action.id} className={styles.row}>
                    <dt>{action.label}</dt>
                    <dd>
                      <Keys caps={capsOf(action.keys ?? '')} always />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <p className={styles.note}>{t('shell.keys_note')}</p>
    </Dialog>
  );
}
