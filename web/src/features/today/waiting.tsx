// 等我审批: what others cannot go on with until this member says yes or no. Nothing is shown where nothing waits.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { waiting_for_me, waitingQuery } from '../../api/approvals.ts';
import { useCatalogue } from '../../api/describe.ts';
import type { Id } from '../../api/types.ts';
import { count, instant } from '../../i18n/format.ts';
import { moreWords, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Panel } from './panel.tsx';
import styles from './today.module.css';

const ApprovalDialog = lazy(async () => {
  const [room] = await Promise.all([import('../../records/approval/approval-dialog.tsx'), moreWords('approval')]);
  return { default: room.ApprovalDialog };
});

export function WaitingPanel() {
  const approvals = useCatalogue().object('approval');
  const { data: page } = useQuery({ ...waitingQuery, enabled: !!approvals });
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
