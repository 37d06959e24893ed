// One's own password. A new one is chosen by whoever knows the old one; everybody else who had it is out.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePassword, secondFactorQuery } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { PasswordInput } from '../../../records/form/password-input.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Button } from '../../../ui/button/button.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Part } from './part.tsx';

const characters_min = 8;

export function PasswordPart() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Part
      title={t('auth.own_password')}
      help={t('settings.password_help')}
      deed={<Button onPress={() => setOpen(true)}>{t('settings.password.change')}</Button>}
    >
      {isOpen ? <ChangeDialog onClose={() => setOpen(false)} /> : null}
    </Part>
  );
}

function ChangeDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const factor = useQuery(secondFactorQuery).data;
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [code, setCode] = useState('');
  const { send, busy, errors, rest } = useSend();
  const change = async () => {
    await changePassword(client, { password, new_password: next, ...(factor?.on ? { code: code.trim() } : {}) });
    toast(t('settings.password.changed'), 'good');
    onClose();
  };
  return (
    <FormDialog
      title={t('settings.password.change')}
      size="small"
      refusals={rest}
      deed={t('settings.password.change')}
      isDisabled={busy || !factor || !password || [...next].length < characters_min || (factor.on && !code.trim())}
      onClose={onClose}
      onSubmit={() => void send(change)}
    >
      <PasswordInput
        label={t('settings.password.old')}
        value={password}
        onChange={setPassword}
        error={errors.password}
        autoFocus
      />
      <TextInput
        label={t('settings.password.new')}
        help={t('auth.password_help')}
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        error={errors.new_password}
        isRequired
      />
      {factor?.on ? (
        <TextInput
          label={t('auth.code')}
          help={t('auth.code_or_recovery')}
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          error={errors.code}
          isRequired
        />
      ) : null}
    </FormDialog>
  );
}
