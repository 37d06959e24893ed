// The bell: how much is unread, and the inbox in short over whatever page one is on.
import { Bell as BellIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { moreWords, t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './bell.module.css';
import { shortCount, useUnread } from './unread.tsx';

const InboxPanel = lazy(async () => {
  const [room] = await Promise.all([import('../../features/inbox/inbox-panel.tsx'), moreWords('inbox')]);
  return { default: room.InboxPanel };
});

export function Bell() {
  const unread = useUnread();
  const [open, setOpen] = useState(false);
  const label = unread > 0 ? t('shell.unread', { count: shortCount(unread) }) : t('shell.notifications');
  return (
    <Popover
      label={t('shell.notifications')}
      isOpen={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label={label} compact className={styles.bell}>
          <BellIcon size={16} strokeWidth={1.75} aria-hidden="true" />
          {unread > 0 ? (
            <span className={styles.badge} aria-hidden="true">
              {shortCount(unread)}
            </span>
          ) : null}
        </IconButton>
      }
    >
      <Suspense fallback={<Skeleton lines={6} />}>
        <InboxPanel onGo={() => setOpen(false)} />
      </Suspense>
    </Popover>
  );
}
