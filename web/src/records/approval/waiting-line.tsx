// On the page of a record: that an exception is asked for, and of whom. Who sees the request opens it.
import { lazy, Suspense, useState } from 'react';
import type { Waiting } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';

const ApprovalDialog = lazy(() => import('./approval-dialog.tsx').then((room) => ({ default: room.ApprovalDialog })));

export function WaitingLine({ waiting }: { waiting: Waiting }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Notice tone="warn">
        {t('records.gate.exception_asked', { name: waiting.asked_of.name })}{' '}
        {waiting.id ? (
          <Button compact onPress={() => setOpen(true)}>
            {t('records.gate.exception_open')}
          </Button>
        ) : null}
      </Notice>
      {isOpen && waiting.id ? (
        <Suspense fallback={null}>
          <ApprovalDialog id={waiting.id} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
