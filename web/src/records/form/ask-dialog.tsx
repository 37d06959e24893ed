import type { ReactNode } from 'react';
import { sentence } from '../../api/problem.ts';
import { FormDialog } from './form-dialog.tsx';
import { useSend } from './use-send.ts';

type Props = {
  title: string;
  deed: string;
  look?: 'primary' | 'danger';
  onClose: () => void;
  // Throws what is refused.
  onSend: () => Promise<void>;
  children: ReactNode;
};

// Asks before a deed that has nothing to fill in, says why it is refused, and is gone once it is done.
export function AskDialog({ onSend, onClose, ...rest }: Props) {
  const { send, busy, refusal } = useSend();
  const submit = async () => {
    await onSend();
    onClose();
  };
  return (
    <FormDialog
      {...rest}
      size="small"
      refusals={refusal ? [sentence(refusal)] : []}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(submit)}
    />
  );
}
