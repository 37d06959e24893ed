// /settings/members/<id>: how one member gets in. An administrator sees what happened at the door, links the member to the provider, and takes
// what was lost or stolen.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { endIdentityOf, type Identity, identitiesOfQuery, knocksOfQuery } from '../../../api/access.ts';
import { sentence } from '../../../api/problem.ts';
import { recordQuery } from '../../../api/records.ts';
import { setupQuery } from '../../../api/session.ts';
import type { Id } from '../../../api/types.ts';
import { t } from '../../../i18n/i18n.ts';
import { AskDialog } from '../../../records/form/ask-dialog.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../../ui/empty/empty.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Head } from '../head.tsx';
import { IdentityList } from '../security/identity-list.tsx';
import { Part } from '../security/part.tsx';
import security from '../security/security.module.css';
import { SignInsPart } from '../security/sign-ins.tsx';
import { LinkIdentityDialog } from './link-identity-dialog.tsx';
import { type MemberDeed, MemberDeedDialog } from './member-deed-dialog.tsx';
import { MemberMenu } from './member-menu.tsx';
import type { Member } from './people-api.ts';

const up = () => ({ to: '/settings/members', label: t('settings.members') });

export function MemberAccess({ id }: { id: Id }) {
  const { data, error } = useQuery(recordQuery('members', id));
  if (error)
    return (
      <>
        <Head title={t('settings.member.access')} back={up()} />
        <Notice tone="bad">{sentence(error)}</Notice>
      </>
    );
  return data ? <Doors member={data as Member} /> : <Skeleton lines={8} />;
}

function Doors({ member }: { member: Member }) {
  const provider = useQuery(setupQuery).data?.provider;
  const [deed, setDeed] = useState<MemberDeed | null>(null);
  const button = (key: MemberDeed) => (
    <Button isDisabled={!member.email} onPress={() => setDeed(key)}>
      {t(`settings.member.${key}`)}
    </Button>
  );
  return (
    <>
      <Head
        title={t('settings.member.access_of', { name: String(member.name) })}
        back={up()}
        help={member.email ? String(member.email) : undefined}
        actions={<MemberMenu member={member} />}
      />
      {member.active === false ? (
        <Notice tone="warn">{t('settings.member.access_retired')}</Notice>
      ) : member.email ? null : (
        <Notice tone="warn">{t('settings.member.access_no_email')}</Notice>
      )}
      <Part title={t('settings.member.devices')} help={t('settings.member.sessions_about')} deed={button('sessions')} />
      <SignInsPart query={knocksOfQuery(member.id)} help={t('settings.member.sign_ins_help')} />
      <Part
        title={t('settings.factor')}
        help={t('settings.member.second_factor_about')}
        deed={
          <div className={security.deeds}>
            {button('code_lock')}
            {button('second_factor')}
          </div>
        }
      />
      {provider ? <Identities member={member} provider={provider} /> : null}
      {deed ? <MemberDeedDialog member={member} deed={deed} onClose={() => setDeed(null)} /> : null}
    </>
  );
}

function Identities({ member, provider }: { member: Member; provider: string }) {
  const client = useQueryClient();
  const [isLinking, setLinking] = useState(false);
  const [ending, setEnding] = useState<Identity | null>(null);
  const end = async ({ id, subject }: Identity) => {
    await endIdentityOf(client, member.id, id);
    toast(t('settings.identities.ended', { name: subject }), 'good');
  };
  return (
    <Part
      title={t('settings.identities', { name: provider })}
      help={t('settings.member.identities_help', { provider })}
      deed={<Button onPress={() => setLinking(true)}>{t('settings.identities.link')}</Button>}
    >
      <IdentityList query={identitiesOfQuery(member.id)} onEnd={setEnding} />
      {isLinking ? <LinkIdentityDialog member={member} provider={provider} onClose={() => setLinking(false)} /> : null}
      {ending ? (
        <AskDialog
          title={t('settings.member.identity_end_title', { name: ending.subject })}
          deed={t('settings.identities.end')}
          look="danger"
          onClose={() => setEnding(null)}
          onSend={() => end(ending)}
        >
          <p>{t('settings.member.identity_end_help', { name: String(member.name), provider })}</p>
        </AskDialog>
      ) : null}
    </Part>
  );
}
