// The member's own menu: looks, language, keys and the way out, drawn from the table of actions.
import { Check } from 'lucide-react';
import { capsOf } from '../../actions/keys.ts';
import type { Action } from '../../actions/registry.ts';
import type { Session } from '../../api/types.ts';
import { locale, t } from '../../i18n/i18n.ts';
import { savedTheme, themes } from '../../lib/theme.ts';
import { Button } from '../../ui/button/button.tsx';
import { ActionIcon } from '../../ui/action-icon.tsx';
import { Keys } from '../../ui/keys/keys.tsx';
import { Menu, type MenuEntry } from '../../ui/menu/menu.tsx';
import styles from './shell.module.css';

type Props = { session: Session; actions: Action[]; collapsed: boolean };

export function AccountMenu({ session, actions, collapsed }: Props) {
  const entry = (id: string, label?: string, mark?: boolean): MenuEntry[] => {
    const action = actions.find((one) => one.id === id);
    if (!action && !mark) return [];
    return [
      {
        key: id,
        label: label ?? action?.label ?? '',
        icon:
          mark === undefined ? (
            <ActionIcon name={action?.icon} size={14} />
          ) : mark ? (
            <Check size={14} aria-hidden="true" />
          ) : (
            <span className={styles.blank} />
          ),
        tail: action?.keys ? <Keys caps={capsOf(action.keys)} /> : null,
        onAction: () => void action?.run(),
      },
    ];
  };
  const theme = savedTheme();
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
          entries: themes.flatMap((one) => entry(`theme.${one}`, t(`shell.theme.${one}`), theme === one)),
        },
        {
          key: 'language',
          label: t('shell.language'),
          entries: [
            ...entry('language.zh-CN', t('shell.language.zh'), locale() === 'zh-CN'),
            ...entry('language.en', t('shell.language.en'), locale() === 'en'),
          ],
        },
        { key: 'session', entries: [...entry('keys'), ...entry('sign-out')] },
      ]}
    />
  );
}
