// The two sheets of the phone's bar: what is written down on the way, and everything that has no place in the bar.
import { Search } from 'lucide-react';
import type { Action } from '../../actions/registry.ts';
import { type Catalogue, fieldOf } from '../../api/describe.ts';
import type { Session } from '../../api/types.ts';
import { t, within } from '../../i18n/i18n.ts';
import { KeptList, useKept } from '../../records/outbox/kept-list.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { ActionIcon } from '../../ui/action-icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import type { NavSection } from './nav.ts';
import styles from './phone.module.css';
import { NavList } from './sidebar.tsx';

// What happens on the way, and its picture.
const kinds: { [kind: string]: string } = {
  call: 'phone',
  visit: 'visit',
  meeting: 'users',
  email: 'mail',
  wechat: 'chat',
};

type PlusProps = { catalogue: Catalogue; actions: Action[]; onLog: (kind: string) => void; onClose: () => void };

export function PlusSheet({ catalogue, actions, onLog, onClose }: PlusProps) {
  const activity = catalogue.object('activity');
  const choices = activity?.rights.create ? (fieldOf(activity, 'kind')?.choices ?? []) : [];
  const logged = choices.filter((one) => one.active && kinds[one.key]);
  const created = actions.filter((action) => action.group === 'create' && !action.keysOnly);
  const choose = (run: () => void) => () => {
    onClose();
    run();
  };
  return (
    <Dialog title={t('shell.new')} onClose={onClose}>
      <div className={styles.sheet}>
        <div role="group" aria-label={t('shell.log')} className={styles.tiles}>
          {logged.map((kind) => (
            <button key={kind.key} type="button" className={styles.tile} onClick={choose(() => onLog(kind.key))}>
              <ActionIcon name={kinds[kind.key]} size={22} />
              {t('shell.log_kind', { kind: within(kind.label) })}
            </button>
          ))}
        </div>
        <ul className={styles.rows}>
          {created.map((action) => (
            <li key={action.id}>
              <button type="button" className={styles.row} onClick={choose(() => void action.run())}>
                <ActionIcon name={action.icon} size={18} />
                {action.label}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

type MineProps = {
  session: Session;
  sections: NavSection[];
  actions: Action[];
  onSearch: () => void;
  onClose: () => void;
};

export function MineSheet({ session, sections, actions, onSearch, onClose }: MineProps) {
  const kept = useKept();
  return (
    <Dialog title={t('shell.mine')} onClose={onClose}>
      <div className={styles.sheet}>
        <div className={styles.me}>
          <AccountMenu session={session} actions={actions} collapsed={false} />
          <span className={styles.organisation}>{session.organisation.name}</span>
        </div>
        <button
          type="button"
          className={styles.search}
          onClick={() => {
            onClose();
            onSearch();
          }}
        >
          <Search size={16} aria-hidden="true" />
          {t('shell.search')}
        </button>
        {kept.length > 0 ? (
          <section aria-label={t('outbox.title')}>
            <h3 className={styles.title}>{t('outbox.title')}</h3>
            <KeptList list={kept} />
          </section>
        ) : null}
        <NavList sections={sections} onGo={onClose} />
      </div>
    </Dialog>
  );
}
