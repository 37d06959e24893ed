// How many there are; pressed, the way to one of them: a row by its number, or a share of the list in percent.
import { Suspense } from 'react';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './list.module.css';
import { JumpForm } from './list-parts.ts';

// Fewer are seen at a glance.
const worth_jumping = 200;

export function Jump({ total, onJump }: { total: number | undefined; onJump?: (row: number) => void }) {
  const said = total === undefined ? '' : t('records.total', { count: count(total) });
  if (!onJump || total === undefined || total < worth_jumping)
    return (
      <span className={styles.total} aria-live="polite">
        {said}
      </span>
    );
  return (
    <span className={styles.total}>
      <Popover
        label={t('list.jump')}
        trigger={
          <Button look="quiet" className={styles.jump}>
            <span aria-live="polite">{said}</span>
          </Button>
        }
      >
        {(close) => (
          <Suspense fallback={null}>
            <JumpForm
              total={total}
              onJump={(row) => {
                close();
                // Once the popover has given its focus back.
                setTimeout(() => onJump(row));
              }}
            />
          </Suspense>
        )}
      </Popover>
    </span>
  );
}
