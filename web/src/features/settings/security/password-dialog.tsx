// Asks for the password again before something that outlives a session.
import { useState } from 'react';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { PasswordInput } from '../../../records/form/password-input.tsx';
import { useSend } from '../../../records/form/use-send.ts';

type Props = {
  title: string;
  help: string;
  deed: string;
  look?: 'primary' | 'danger';
  onClose: () => void;
  // Throws what is refused.
  onSend: (password: string) => Promise<void>;
};

export function PasswordDialog({ title, help, deed, look, onClose, onSend }: Props) {
  const [password, setPassword] = useState('');
  const { send, busy, errors, rest } = useSend();
  return (
    <FormDialog
      title={title}
      size="small"
      refusals={rest}
      deed={deed}
      look={look}
      isDisabled={busy || !password}
      onClose={onClose}
      onSubmit={() => void send(() => onSend(password))}
    >
      <p>{help}</p>
      <PasswordInput value={password} onChange={setPassword} error={errors.password} autoFocus />
    </FormDialog>
  );
}
