// Whom the provider of this server vouches for: linked by oneself, after the password and a visit there. Not shown where there is no provider.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { endIdentity, type Identity, identitiesQuery, linkIdentity } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { setupQuery } from '../../../api/session.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { IdentityList } from './identity-list.tsx';
import { Part } from './part.tsx';
import { PasswordDialog } from './password-dialog.tsx';

export function IdentitiesPart() {
  const provider = useQuery(setupQuery).data?.provider;
  return provider ? <Identities name={provider} /> : null;
}

function Identities({ name }: { name: string }) {
  const client = useQueryClient();
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
      <IdentityList query={identitiesQuery} onEnd={(identity) => void end(identity)} />
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
