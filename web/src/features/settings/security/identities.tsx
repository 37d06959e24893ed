// Whom the provider of this server vouches for: linked by oneself, after the password and a visit there. Not shown where there is no provider.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { IdCard } from 'lucide-react';
import { useState } from 'react';
import { endIdentity, type Identity, identitiesQuery, linkIdentity } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { setupQuery } from '../../../api/session.ts';
import { when } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Part } from './part.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import styles from './security.module.css';

export function IdentitiesPart() {
  const provider = useQuery(setupQuery).data?.provider;
  return provider ? <Identities name={provider} /> : null;
}

function Identities({ name }: { name: string }) {
  const client = useQueryClient();
  const { data, error } = useQuery(identitiesQuery);
  const { refused } = useSearch({ strict: false }) as { refused?: string };
  const [asking, setAsking] = useState(false);
  const end = (identity: Identity) =>
    endIdentity(client, identity.id).then(
      () => void toast(t('settings.identities.ended', { name: identity.subject }), 'good'),
      (refusal: unknown) => void toast(sentence(refusal), 'bad'),
    );
  return (
    <Part
      title={t('settings.identities', { name })}
      help={t('settings.identities_help', { name })}
      deed={<Button onPress={() => setAsking(true)}>{t('settings.identities.link')}</Button>}
    >
      {refused ? (
        <Notice tone="bad">
          {t(refused === 'identity_taken' ? 'settings.identities.taken' : 'settings.identities.refused')}
        </Notice>
      ) : null}
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
              onPress={() => void end(identity)}
            >
              {t('settings.identities.end')}
            </Button>
          </li>
        ))}
      </ul>
      {asking ? (
        <PasswordDialog
          title={t('settings.identities.link_title', { name })}
          help={t('settings.identities.link_help', { name })}
          deed={t('settings.identities.go', { name })}
          onClose={() => setAsking(false)}
          onSend={linkIdentity}
        />
      ) : null}
    </Part>
  );
}
