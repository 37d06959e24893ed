// What an administrator does with a member: look at fields, doors and sight, a link to set a password, out of use and back.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { sentence } from '../../../api/problem.ts';
import { changeRecord } from '../../../api/records.ts';
import { t } from '../../../i18n/i18n.ts';
import { IconButton } from '../../../ui/button/button.tsx';
import { Menu } from '../../../ui/menu/menu.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { type InvitationLink, inviteMember, type Member } from './people-api.ts';

const fail = (error: unknown) => toast(sentence(error), 'bad');

export function MemberMenu({ member }: { member: Member }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [link, setLink] = useState<InvitationLink | null>(null);
  const name = String(member.name);
  const setActive = async (active: boolean): Promise<void> => {
    try {
      const now = await changeRecord('members', member.id, member.version, { active });
      await refreshDefinitions(client);
      const back = () =>
        void changeRecord('members', now.id, now.version, { active: !active }).then(
          () => refreshDefinitions(client),
          fail,
        );
      toast(t(active ? 'settings.member.activated' : 'settings.member.deactivated', { name }), 'good', {
        label: t('common.undo'),
        run: back,
      });
    } catch (error) {
      fail(error);
    }
  };
  const active = member.active !== false;
  return (
    <>
      <Menu
        label={t('settings.member.actions_of', { name })}
        trigger={
          <IconButton label={t('settings.member.actions_of', { name })}>
            <MoreHorizontal size={16} aria-hidden="true" />
          </IconButton>
        }
        groups={[
          {
            key: 'member',
            entries: [
              {
                key: 'edit',
                label: t('settings.member.edit'),
                onAction: () => void navigate({ to: `/members/${member.id}` }),
              },
              {
                key: 'access',
                label: t('settings.member.access'),
                onAction: () => void navigate({ to: `/settings/members/${member.id}` }),
              },
              {
                key: 'sight',
                label: t('settings.sight'),
                onAction: () => void navigate({ to: `/settings/sight/${member.id}` }),
              },
              {
                key: 'link',
                label: t('settings.member.link'),
                isDisabled: !active || !member.email,
                onAction: () => void inviteMember(member.id).then(setLink, fail),
              },
              {
                key: 'active',
                label: t(active ? 'settings.member.deactivate' : 'settings.member.activate'),
                tone: active ? 'bad' : 'plain',
                onAction: () => void setActive(!active),
              },
            ],
          },
        ]}
      />
      {link ? (
        <LinkDialog name={name} email={String(member.email)} invitation={link} onClose={() => setLink(null)} />
      ) : null}
    </>
  );
}
