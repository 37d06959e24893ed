import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { useKeys } from '../../actions/keys.ts';
import { forgetAll } from '../../actions/recent.ts';
import { useActions } from '../../actions/registry.ts';
import { useCatalogue } from '../../api/describe.ts';
import { signOut, useSession } from '../../api/session.ts';
import { moreWords, t } from '../../i18n/i18n.ts';
import { dropDrafts } from '../../lib/drafts.ts';
import { whenIdle } from '../../lib/idle.ts';
import { usePhone } from '../../lib/media.ts';
import { part } from '../../lib/part.ts';
import { onTheme, savedTheme } from '../../lib/theme.ts';
import { classes } from '../../ui/classes.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { everywhere } from '../actions.ts';
import { useChangeLanguage } from '../language.ts';
import { useLiveChanges } from '../live.ts';
import { useOutbox } from '../outbox.ts';
import { navigation } from './nav.ts';
import { Offline } from './offline.tsx';
import { PeekPlace } from './peek-place.tsx';
import styles from './shell.module.css';
import { Sidebar } from './sidebar.tsx';
import { Update } from './update.tsx';
import { Visits } from './visits.tsx';

// Parts that the first picture can do without.
const { Part: Palette, fetch: fetchPalette } = part(() =>
  import('../../actions/palette.tsx').then((room) => room.Palette),
);
const { Part: KeySheet, fetch: fetchKeySheet } = part(() =>
  import('../../actions/key-sheet.tsx').then((room) => room.KeySheet),
);
const Background = lazy(async () => {
  const [room] = await Promise.all([import('./background.tsx'), moreWords('inbox')]);
  return { default: room.Background };
});
const PhoneBar = lazy(() => import('./phone-bar.tsx').then((room) => ({ default: room.PhoneBar })));

const remembered = 'shangdao.sidebar';

export function Shell() {
  const catalogue = useCatalogue();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changeLanguage = useChangeLanguage();
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(remembered) === 'icons');
  const [over, setOver] = useState<'palette' | 'create' | 'keys' | null>(null);
  const phone = usePhone();
  const sections = navigation(catalogue, session);
  const toggle = () => {
    localStorage.setItem(remembered, collapsed ? 'wide' : 'icons');
    setCollapsed(!collapsed);
  };
  const actions = everywhere({
    sections,
    catalogue,
    go: (to, search) => void navigate({ to, search }),
    open: setOver,
    toggleSidebar: toggle,
    changeLanguage,
    signOut: () => {
      forgetAll();
      void signOut(client).then(() => {
        dropDrafts();
        return navigate({ to: '/sign-in' });
      });
    },
  });
  useActions(actions, 0);
  useKeys();
  useOutbox(session.member.id);
  // From the first question on: what happens while it is answered is heard.
  useLiveChanges(catalogue, session.member.id, session.seq);
  // A theme that was chosen is no longer offered.
  useSyncExternalStore(onTheme, savedTheme);
  useEffect(
    () =>
      whenIdle(
        () => {
          fetchPalette();
          fetchKeySheet();
        },
        () => client.isFetching() > 0,
      ),
    [client],
  );
  const close = () => setOver(null);
  return (
    <div className={classes(styles.shell, collapsed && styles.collapsed)}>
      <a href="#main" className={styles.skip}>
        {t('shell.skip')}
      </a>
      {phone ? null : (
        <Sidebar
          sections={sections}
          session={session}
          actions={actions}
          collapsed={collapsed}
          onToggle={toggle}
          onSearch={() => setOver('palette')}
        />
      )}
      <Offline />
      <Update />
      <Visits
        catalogue={catalogue}
        member={session.member.id}
        pages={sections.flatMap((section) => section.items.map((item) => item.path))}
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Outlet />
      </Suspense>
      <PeekPlace />
      <Suspense fallback={null}>
        <Background />
      </Suspense>
      <Suspense fallback={phone ? <div className={styles.phonePlace} /> : null}>
        {phone ? (
          <PhoneBar sections={sections} catalogue={catalogue} actions={actions} onSearch={() => setOver('palette')} />
        ) : null}
        {over === 'keys' ? <KeySheet onClose={close} /> : null}
        {over === 'palette' || over === 'create' ? (
          <Palette
            key={over}
            member={session.member.id}
            only={over === 'create' ? 'create' : undefined}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
