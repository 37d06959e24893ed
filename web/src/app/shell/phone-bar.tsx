// Below 760 px the sidebar becomes a bar of five at the bottom: the day, customers, ＋, deals, and 我的 with everything else.
import { Link } from '@tanstack/react-router';
import { CircleUserRound, Plus } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { visitsOf } from '../../actions/recent.ts';
import type { Action } from '../../actions/registry.ts';
import type { Catalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { whenIdle } from '../../lib/idle.ts';
import { part } from '../../lib/part.ts';
import { Button } from '../../ui/button/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { NavSection } from './nav.ts';
import styles from './phone.module.css';
import { UnreadBadge } from './unread.tsx';

// Fetched while there is a line: they are used where there is none.
const { Part: QuickLog, fetch: fetchQuickLog } = part(() =>
  import('../../features/today/quick-log.tsx').then((room) => room.QuickLog),
);
const sheets = () => import('./phone-sheets.tsx');
const { Part: PlusSheet, fetch: fetchPlusSheet } = part(() => sheets().then((room) => room.PlusSheet));
const { Part: MineSheet, fetch: fetchMineSheet } = part(() => sheets().then((room) => room.MineSheet));

type Props = { sections: NavSection[]; catalogue: Catalogue; actions: Action[]; onSearch: () => void };

export function PhoneBar({ sections, catalogue, actions, onSearch }: Props) {
  const session = useSession();
  const [sheet, setSheet] = useState<'plus' | 'mine' | null>(null);
  const [kind, setKind] = useState<string | null>(null);
  const items = sections.flatMap((section) => section.items);
  const find = (path: string) => items.filter((item) => item.path === path);
  const close = () => setSheet(null);
  useEffect(
    () =>
      whenIdle(() => {
        fetchPlusSheet();
        fetchMineSheet();
        fetchQuickLog();
      }),
    [],
  );
  const place = (path: string) =>
    find(path).map((item) => (
      <Link
        key={item.path}
        to={item.path}
        className={styles.place}
        activeProps={{ className: styles.active, 'aria-current': 'page' }}
        activeOptions={{ includeSearch: false }}
      >
        <Icon name={item.icon} also={item.also} size={20} />
        <span>{item.label}</span>
      </Link>
    ));
  return (
    <nav aria-label={t('shell.navigation')} className={styles.bar}>
      {place('/today')}
      {place('/accounts')}
      <Button look="primary" aria-label={t('shell.new')} className={styles.plus} onPress={() => setSheet('plus')}>
        <Plus size={22} aria-hidden="true" />
      </Button>
      {place('/deals')}
      <button type="button" className={styles.place} aria-haspopup="dialog" onClick={() => setSheet('mine')}>
        <span className={styles.picture}>
          <CircleUserRound size={20} strokeWidth={1.75} aria-hidden="true" />
          <UnreadBadge />
        </span>
        <span>{t('shell.mine')}</span>
      </button>
      <Suspense fallback={null}>
        {sheet === 'plus' ? (
          <PlusSheet catalogue={catalogue} actions={actions} onLog={setKind} onClose={close} />
        ) : null}
        {sheet === 'mine' ? (
          <MineSheet session={session} sections={sections} actions={actions} onSearch={onSearch} onClose={close} />
        ) : null}
        {kind ? (
          <QuickLog
            kind={kind}
            recent={visitsOf(session.member.id).flatMap(({ path, label, object }) =>
              label && object ? [{ object, id: path.split('/')[2] ?? '', name: label }] : [],
            )}
            onClose={() => setKind(null)}
          />
        ) : null}
      </Suspense>
    </nav>
  );
}
