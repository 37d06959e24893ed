// The same in short, over whatever page one is on.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import { inboxTabs } from './inbox-page.tsx';
import styles from './inbox.module.css';
import { Jobs } from './jobs.tsx';
import { Told, useHasUnread, useMarkRead } from './told.tsx';

export function InboxPanel({ onGo }: { onGo: () => void }) {
  const [tab, setTab] = useState('told');
  const read = useMarkRead();
  const hasUnread = useHasUnread();
  return (
    <div className={styles.panel}>
      <Tabs label={t('inbox.tabs')} tabs={inboxTabs()} value={tab} onChange={setTab}>
        <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('inbox.title')}>
          {tab === 'jobs' ? <Jobs onGo={onGo} /> : <Told unread={false} onGo={onGo} />}
        </div>
      </Tabs>
      <footer className={styles.panelFoot}>
        <Link to="/notifications" search={tab === 'jobs' ? { tab } : {}} className={styles.deed} onClick={onGo}>
          {t('inbox.open_page')}
        </Link>
        <Link to="/settings/notifications" className={styles.deed} onClick={onGo}>
          {t('inbox.settings')}
        </Link>
        {tab === 'told' ? (
          <Button compact look="quiet" isDisabled={!hasUnread} onPress={() => void read()}>
            {t('inbox.read_all')}
          </Button>
        ) : null}
      </footer>
    </div>
  );
}
