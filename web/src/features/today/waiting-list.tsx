// What waits, and what decides it.
import { lazy, Suspense, useState } from 'react';
import { waiting_for_me } from '../../api/approvals.ts';
import type { Id, Page, RecordData } from '../../api/types.ts';
import { count, instant } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Panel } from './panel.tsx';
import styles from './today.module.css';

const ApprovalDialog = lazy(() =>
  import('../../records/approval/approval-dialog.tsx').then((room) => ({ default: room.ApprovalDialog })),
);

export function WaitingList({ page }: { page: Page<RecordData> | undefined }) {
  const [open, setOpen] = useState<Id | null>(null);
  const dialog = open ? (
    <Suspense fallback={null}>
      <ApprovalDialog id={open} onClose={() => setOpen(null)} />
    </Suspense>
  ) : null;
  if (!page || page.data.length === 0) return dialog;
  return (
    <Panel
      title={t('today.waiting')}
      count={count(page.count ?? page.data.length)}
      rows={{ to: '/approvals', filter: waiting_for_me }}
    >
      <ul className={styles.cards}>
        {page.data.map((one) => (
          <li key={one.id} className={styles.card}>
            <div className={styles.cardHead}>
              <span className={styles.cardName}>{String(one.reason ?? '')}</span>
              <Button compact onPress={() => setOpen(one.id)}>
                {t('today.waiting_open')}
              </Button>
            </div>
            <p className={styles.cardLine}>
              {t('today.waiting_by', { name: one.owner?.name ?? '', until: instant(String(one.until)) })}
            </p>
          </li>
        ))}
      </ul>
      {dialog}
    </Panel>
  );
}
