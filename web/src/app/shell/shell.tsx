import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { useShortcuts } from '../../actions/shortcuts.ts';
import { t } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { useLiveChanges } from '../live.ts';
import { navigation } from './nav.ts';
import { Offline } from './offline.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';

// Parts that the first picture can do without.
const Palette = lazy(() => import('../../actions/palette.tsx').then((room) => ({ default: room.Palette })));
const PhoneBar = lazy(() => import('./phone-bar.tsx').then((room) => ({ default: room.PhoneBar })));

const remembered = 'shangdao.sidebar';

export function Shell() {
  const catalogue = useCatalogue();
  const session = useSession();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(remembered) === 'icons');
  const [palette, setPalette] = useState(false);
  const phone = usePhone();
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
      {phone ? null : (
        <Sidebar
          sections={sections}
          session={session}
          collapsed={collapsed}
          onToggle={toggle}
          onSearch={() => setPalette(true)}
        />
      )}
      <Offline />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Outlet />
      </Suspense>
      <Suspense fallback={phone ? <div className={styles.phoneBar} /> : null}>
        {phone ? <PhoneBar sections={sections} catalogue={catalogue} onSearch={() => setPalette(true)} /> : null}
        {palette ? (
          <Palette pages={sections.flatMap((section) => section.items)} onClose={() => setPalette(false)} />
        ) : null}
      </Suspense>
    </div>
  );
}
