// A new member, and the link with which he sets his password.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { createRecord } from '../../../api/records.ts';
import type { Choice, Reference } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { ReferenceInput } from '../../../records/fields/reference-input.tsx';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import styles from '../forms.module.css';
import { LinkDialog } from './link-dialog.tsx';
import { type InvitationLink, inviteMember } from './people-api.ts';

export function InviteDialog({ roles, onClose }: { roles: Choice[]; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [held, setHeld] = useState<string[]>(roles.some((role) => role.key === 'rep') ? ['rep'] : []);
  const [manager, setManager] = useState<Reference | null>(null);
  const [team, setTeam] = useState<Reference | null>(null);
  const { send, busy, errors, rest } = useSend();
  const [link, setLink] = useState<InvitationLink | null>(null);
  const invite = async () => {
    const made = await createRecord('members', {
      name,
      email,
      roles: held,
      manager: manager?.id ?? null,
      team: team?.id ?? null,
    });
    setLink(await inviteMember(made.id));
    await refreshDefinitions(client);
  };
  if (link) return <LinkDialog name={name} email={email} invitation={link} onClose={onClose} />;
  return (
    <FormDialog
      title={t('settings.member.invite')}
      refusals={rest}
      deed={t('settings.member.make_link')}
      isDisabled={busy || !email.trim()}
      onClose={onClose}
      onSubmit={() => void send(invite)}
    >
      <div className={styles.pair}>
        <TextInput
          label={t('settings.name')}
          value={name}
          onChange={setName}
          error={errors.name}
          isRequired
          autoFocus
        />
        <TextInput
          label={t('settings.email')}
          type="email"
          value={email}
          onChange={setEmail}
          error={errors.email}
          isRequired
        />
      </div>
      <Group label={t('settings.roles')} error={errors.roles}>
        {roles.map((role) => (
          <Checkbox
            key={role.key}
            isSelected={held.includes(role.key)}
            onChange={(on) => setHeld(on ? [...held, role.key].sort() : held.filter((key) => key !== role.key))}
          >
            {pick(role.label)}
          </Checkbox>
        ))}
      </Group>
      <div className={styles.pair}>
        <ReferenceInput
          target="member"
          label={t('settings.member.manager')}
          help={t('settings.member.manager_help')}
          value={manager}
          onChange={setManager}
          error={errors.manager}
        />
        <ReferenceInput
          target="team"
          label={t('settings.member.team')}
          value={team}
          onChange={setTeam}
          error={errors.team}
        />
      </div>
    </FormDialog>
  );
}
