// /notifications: what this member was told and the long work begun; which of both is in the address.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Checkbox } from '../../ui/field/checkbox.tsx';
import { Page } from '../../ui/page/page.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import styles from './inbox.module.css';
import { Jobs } from './jobs.tsx';
import { Told, useHasUnread, useMarkRead } from './told.tsx';

export const inboxTabs = () => [
  { key: 'told', label: t('inbox.tab.told') },
  { key: 'jobs', label: t('inbox.tab.jobs') },
];

export function InboxPage() {
  const navigate = useNavigate();
  const read = useMarkRead();
  const hasUnread = useHasUnread();
  const { tab, unread } = useSearch({ strict: false }) as { tab?: string; unread?: string };
  const jobs = tab === 'jobs';
  const go = (search: { tab?: string; unread?: string }) =>
    void navigate({ to: '/notifications', search, replace: true });
  return (
    <Page
      title={t('inbox.title')}
      actions={
        jobs ? null : (
          <Button isDisabled={!hasUnread} onPress={() => void read()}>
            {t('inbox.read_all')}
          </Button>
        )
      }
    >
      <div className={styles.room}>
        <Tabs
          label={t('inbox.tabs')}
          tabs={inboxTabs()}
          value={jobs ? 'jobs' : 'told'}
          onChange={(key) => go(key === 'jobs' ? { tab: 'jobs' } : {})}
        >
          {jobs ? (
            <Jobs />
          ) : (
            <>
              <Checkbox isSelected={!!unread} onChange={(on) => go(on ? { unread: '1' } : {})}>
                {t('inbox.unread_only')}
              </Checkbox>
              <Told unread={!!unread} />
            </>
          )}
        </Tabs>
      </div>
    </Page>
  );
}
