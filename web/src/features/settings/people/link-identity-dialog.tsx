// An administrator links a member to the provider's number of that person: no address is taken for one.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { linkIdentityOf } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import type { Member } from './people-api.ts';

type Props = { member: Member; provider: string; onClose: () => void };

export function LinkIdentityDialog({ member, provider, onClose }: Props) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const { send, busy, errors, rest } = useSend();
  const name = String(member.name);
  const subject = typed.trim();
  const link = async () => {
    await linkIdentityOf(client, member.id, subject);
    toast(t('settings.member.identity_linked', { name, provider }), 'good');
    onClose();
  };
  return (
    <FormDialog
      title={t('settings.member.identity_title', { name, provider })}
      size="small"
      refusals={rest}
      deed={t('settings.member.identity_link')}
      isDisabled={busy || !subject}
      onClose={onClose}
      onSubmit={() => void send(link)}
    >
      <TextInput
        label={t('settings.member.subject')}
        help={t('settings.member.subject_help', { provider })}
        autoComplete="off"
        value={typed}
        onChange={setTyped}
        error={errors.subject}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}
