import { Link, useLocation } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { capsOf } from '../../actions/keys.ts';
import type { Action } from '../../actions/registry.ts';
import type { Session } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { NavSection } from './nav.ts';
import styles from './shell.module.css';
import { UnreadBadge } from './unread.tsx';

const Bell = lazy(() => import('./bell.tsx').then((room) => ({ default: room.Bell })));
const AccountMenu = lazy(() => import('./account-menu.tsx').then((room) => ({ default: room.AccountMenu })));

type Props = {
  sections: NavSection[];
  session: Session;
  actions: Action[];
  collapsed: boolean;
  onToggle: () => void;
  onSearch: () => void;
};

export function Sidebar({ sections, session, actions, collapsed, onToggle, onSearch }: Props) {
  return (
    <nav aria-label={t('shell.navigation')} className={styles.sidebar}>
      <div className={styles.brand}>
        <span className={styles.mark} aria-hidden="true">
          {session.organisation.name.slice(0, 1)}
        </span>
        <span className={styles.organisation}>{session.organisation.name}</span>
        <Suspense fallback={<span className={styles.bellPlace} />}>
          <Bell />
        </Suspense>
      </div>
      <button
        type="button"
        className={styles.searchButton}
        onClick={onSearch}
        aria-label={collapsed ? t('shell.search') : undefined}
      >
        <Search size={15} aria-hidden="true" />
        <span className={styles.word}>{t('shell.search')}</span>
        <kbd className={styles.word}>{capsOf('mod+k')[0]?.join(' ')}</kbd>
      </button>
      <div className={styles.groups}>
        <NavList sections={sections.filter((section) => section.key !== 'foot')} titles={collapsed} />
      </div>
      <div className={styles.foot}>
        <NavList sections={sections.filter((section) => section.key === 'foot')} titles={collapsed} />
        <div className={styles.footLine}>
          <Suspense fallback={<span className={styles.avatar} />}>
            <AccountMenu session={session} actions={actions} collapsed={collapsed} />
          </Suspense>
          <IconButton label={collapsed ? t('shell.expand') : t('shell.collapse')} onPress={onToggle}>
            {collapsed ? (
              <PanelLeftOpen size={16} aria-hidden="true" />
            ) : (
              <PanelLeftClose size={16} aria-hidden="true" />
            )}
          </IconButton>
        </div>
      </div>
    </nav>
  );
}

export function NavList({ sections, titles, onGo }: { sections: NavSection[]; titles?: boolean; onGo?: () => void }) {
  const here = useLocation({ select: (location) => location.pathname });
  const within = (path: string) => here === path || here.startsWith(`${path}/`);
  const paths = sections.flatMap((section) => section.items.map((item) => item.path)).filter(within);
  // Of a list and its board only the board is where one is.
  const isHere = (path: string) => paths.includes(path) && paths.every((other) => other.length <= path.length);
  return sections.map((section) => (
    <div key={section.key} className={styles.group}>
      {section.label ? <h2 className={styles.groupLabel}>{section.label}</h2> : null}
      <ul>
        {section.items.map((item) => (
          <li key={item.path}>
            <Link
              to={item.path}
              onClick={onGo}
              className={classes(styles.link, isHere(item.path) && styles.active)}
              aria-current={isHere(item.path) ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: false }}
              title={titles ? item.label : undefined}
            >
              <Icon name={item.icon} also={item.also} />
              <span className={styles.word}>{item.label}</span>
              {item.path === '/notifications' ? <UnreadBadge /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  ));
}
