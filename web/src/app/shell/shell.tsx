import { Outlet } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { Palette } from '../../actions/palette.tsx';
import { useShortcuts } from '../../actions/shortcuts.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { useLiveChanges } from '../live.ts';
import { navigation } from './nav.ts';
import { PhoneBar } from './phone-bar.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

const remembered = 'shangdao.sidebar';

export function Shell() {
  const catalogue = useCatalogue();
  const session = useSession();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(remembered) === 'icons');
  const [palette, setPalette] = useState(false);
  const sections = navigation(catalogue, session);
  const toggle = () => {
    localStorage.setItem(remembered, collapsed ? 'wide' : 'icons');
    setCollapsed(!collapsed);
  };
  useLiveChanges(catalogue);
  useShortcuts({ 'mod+k': () => setPalette(true), '[': toggle });
  return (
    <div className={classes(styles.shell, collapsed && styles.collapsed)}>
      <a href="#main" className={styles.skip}>
        {t('shell.skip')}
      </a>
      <Sidebar
        sections={sections}
        session={session}
        collapsed={collapsed}
        onToggle={toggle}
        onSearch={() => setPalette(true)}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Outlet />
      </Suspense>
      <PhoneBar sections={sections} catalogue={catalogue} onSearch={() => setPalette(true)} />
      {palette ? (
        <Palette pages={sections.flatMap((section) => section.items)} onClose={() => setPalette(false)} />
      ) : null}
    </div>
  );
}
