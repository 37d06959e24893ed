import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Check, LogOut } from 'lucide-react';
import { signOut } from '../../api/session.ts';
import type { Session } from '../../api/types.ts';
import { locale, t } from '../../i18n/i18n.ts';
import { dropDrafts } from '../../lib/drafts.ts';
import { chooseTheme, savedTheme, type Theme } from '../../lib/theme.ts';
import { Button } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { useState } from 'react';
import { useChangeLanguage } from '../language.ts';
import styles from './shell.module.css';

const mark = (on: boolean) => (on ? <Check size={14} aria-hidden="true" /> : <span className={styles.blank} />);

export function AccountMenu({ session, collapsed }: { session: Session; collapsed: boolean }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const changeLanguage = useChangeLanguage();
  const [theme, setTheme] = useState(savedTheme());
  const themes: Theme[] = ['light', 'dark', 'system'];
  return (
    <Menu
      label={t('shell.account')}
      trigger={
        <Button
          look="quiet"
          className={styles.account}
          aria-label={collapsed ? `${t('shell.account')} ${session.member.name}` : undefined}
        >
          <span className={styles.avatar} aria-hidden="true">
            {session.member.name.slice(-2)}
          </span>
          {collapsed ? null : <span className={styles.memberName}>{session.member.name}</span>}
        </Button>
      }
      groups={[
        {
          key: 'theme',
          label: t('shell.theme'),
          entries: themes.map((one) => ({
            key: one,
            label: t(`shell.theme.${one}`),
            icon: mark(theme === one),
            onAction: () => {
              chooseTheme(one);
              setTheme(one);
            },
          })),
        },
        {
          key: 'language',
          label: t('shell.language'),
          entries: [
            {
              key: 'zh',
              label: t('shell.language.zh'),
              icon: mark(locale() === 'zh-CN'),
              onAction: () => changeLanguage('zh-CN'),
            },
            {
              key: 'en',
              label: t('shell.language.en'),
              icon: mark(locale() === 'en'),
              onAction: () => changeLanguage('en'),
            },
          ],
        },
        {
          key: 'session',
          entries: [
            {
              key: 'sign-out',
              label: t('shell.sign_out'),
              icon: <LogOut size={14} aria-hidden="true" />,
              onAction: () =>
                void signOut(client).then(() => {
                  dropDrafts();
                  return navigate({ to: '/sign-in' });
                }),
            },
          ],
        },
      ]}
    />
  );
}
