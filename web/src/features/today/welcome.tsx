// A first day: nothing is here yet, and the two ways to begin.
import { Link } from '@tanstack/react-router';
import { useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { EmptyOffer } from '../../records/empty-offer.tsx';
import { Empty } from '../../ui/empty/empty.tsx';
import { FirstSteps } from './first-steps.tsx';
import styles from './today.module.css';

export function Welcome() {
  const session = useSession();
  const catalogue = useCatalogue();
  const may = (name: string) => catalogue.object(name)?.rights.create;
  return (
    <Empty
      title={t('today.welcome', { name: session.member.name })}
      action={
        <>
          <ul className={styles.starts}>
            {session.rights.import ? (
              <Start to="/import" title={t('today.start.import')} help={t('today.start.import_help')} />
            ) : null}
            {may('account') ? (
              <Start to="/accounts" title={t('today.start.account')} help={t('today.start.account_help')} />
            ) : null}
            {may('deal') ? <Start to="/deals" title={t('today.start.deal')} help={t('today.start.deal_help')} /> : null}
            {session.rights.admin && may('member') ? (
              <Start to="/members" title={t('today.start.member')} help={t('today.start.member_help')} />
            ) : null}
          </ul>
          <EmptyOffer />
          <FirstSteps />
        </>
      }
    >
      {t('today.welcome_help')}
    </Empty>
  );
}

function Start({ to, title, help }: { to: string; title: string; help: string }) {
  return (
    <li>
      <Link to={to} search={to === '/import' ? {} : { new: '1' }} className={styles.start}>
        <strong>{title}</strong>
        <span>{help}</span>
      </Link>
    </li>
  );
}
