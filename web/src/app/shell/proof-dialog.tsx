import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { prove, secondFactorQuery } from '../../api/access.ts';
import { t } from '../../i18n/i18n.ts';
import { FormDialog } from '../../records/form/form-dialog.tsx';
import { PasswordInput } from '../../records/form/password-input.tsx';
import { useSend } from '../../records/form/use-send.ts';
import { Skeleton } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';

export function ProofDialog({ onClose, onGiven }: { onClose: () => void; onGiven: () => void }) {
  const factor = useQuery(secondFactorQuery).data;
  const [text, setText] = useState('');
  const { send, busy, errors, rest } = useSend();
  const give = async () => {
    await prove(factor?.on ? { code: text.trim() } : { password: text });
    onGiven();
  };
  return (
    <FormDialog
      title={t('auth.prove_title')}
      size="small"
      refusals={rest}
      deed={t('auth.prove')}
      isDisabled={busy || !factor || !text.trim()}
      onClose={onClose}
      onSubmit={() => void send(give)}
    >
      <p>{t('auth.prove_help')}</p>
      {factor ? null : <Skeleton lines={2} />}
      {factor?.on === false ? (
        <PasswordInput value={text} onChange={setText} error={errors.password} autoFocus />
      ) : null}
      {factor?.on ? (
        <TextInput
          label={t('auth.code')}
          help={t('auth.code_or_recovery')}
          autoComplete="one-time-code"
          value={text}
          onChange={setText}
          error={errors.code}
          isRequired
          autoFocus
        />
      ) : null}
    </FormDialog>
  );
}
