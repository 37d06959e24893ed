// Below 760 px the sidebar becomes a bar of five at the bottom; everything else is one sheet away.
import { Link, useNavigate } from '@tanstack/react-router';
import { Menu as MenuIcon, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import type { Catalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { AccountMenu } from './account-menu.tsx';
import type { NavSection } from './nav.ts';
import styles from './shell.module.css';
import { NavList } from './sidebar.tsx';

const creatable = ['leads', 'deals', 'accounts', 'contacts'];

export function PhoneBar(props: { sections: NavSection[]; catalogue: Catalogue; onSearch: () => void }) {
  const navigate = useNavigate();
  const session = useSession();
  const [sheet, setSheet] = useState(false);
  const items = props.sections.flatMap((section) => section.items);
  const find = (path: string) => items.find((item) => item.path === path);
  const beside = [find('/today'), find('/deals')].filter((item) => item !== undefined);
  const objects = creatable.map((plural) => props.catalogue.plural(plural)).filter((one) => one?.rights.create);
  return (
    <nav aria-label={t('shell.navigation')} className={styles.phoneBar}>
      {beside.map((item) => (
        <Link
          key={item.path}
          to={item.path}
          className={styles.phoneLink}
          activeProps={{ className: styles.phoneActive }}
        >
          <Icon name={item.icon} also={item.also} size={20} />
          <span>{item.label}</span>
        </Link>
      ))}
      <Menu
        label={t('shell.new')}
        trigger={
          <Button look="primary" aria-label={t('shell.new')} className={styles.plus}>
            <Plus size={20} aria-hidden="true" />
          </Button>
        }
        groups={[
          {
            key: 'new',
            entries: objects.map((object) => ({
              key: object?.plural ?? '',
              label: pick(object?.label),
              onAction: () => void navigate({ to: `/${object?.plural}`, search: { new: '1' } }),
            })),
          },
        ]}
      />
      <button type="button" className={styles.phoneLink} onClick={props.onSearch}>
        <Search size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('shell.search_short')}</span>
      </button>
      <button type="button" className={styles.phoneLink} onClick={() => setSheet(true)}>
        <MenuIcon size={20} strokeWidth={1.75} aria-hidden="true" />
        <span>{t('shell.more')}</span>
      </button>
      {sheet ? (
        <Dialog title={session.organisation.name} onClose={() => setSheet(false)}>
          <div className={styles.phoneSheet}>
            <NavList sections={props.sections} onGo={() => setSheet(false)} />
            <AccountMenu session={session} collapsed={false} />
          </div>
        </Dialog>
      ) : null}
    </nav>
  );
}
