// Who a member is to the provider; each link can be ended.
import { useQuery } from '@tanstack/react-query';
import { IdCard } from 'lucide-react';
import type { Identity, identitiesQuery } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { when } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import styles from './security.module.css';

type Props = { query: typeof identitiesQuery; onEnd: (identity: Identity) => void };

export function IdentityList({ query, onEnd }: Props) {
  const { data, error } = useQuery(query);
  return (
    <>
      {error ? <Notice tone="bad">{sentence(error)}</Notice> : null}
      {data || error ? null : <Skeleton lines={2} />}
      {data?.length === 0 ? <p className={styles.quiet}>{t('settings.identities.none')}</p> : null}
      <ul className={styles.devices}>
        {data?.map((identity) => (
          <li key={identity.id} className={styles.device}>
            <IdCard size={18} strokeWidth={1.75} aria-hidden="true" />
            <div className={styles.what}>
              <span className={styles.name} title={identity.issuer}>
                {identity.subject}
              </span>
              <span className={styles.quiet}>{t('settings.identities.since', { at: when(identity.since) })}</span>
            </div>
            <Button
              aria-label={t('settings.identities.end_of', { name: identity.subject })}
              onPress={() => onEnd(identity)}
            >
              {t('settings.identities.end')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
