// The second factor is begun: with the password, with the first code of the authenticator, and with the recovery codes put away.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { beginSecondFactor, confirmSecondFactor, type NewFactor } from '../../../api/access.ts';
import { t } from '../../../i18n/i18n.ts';
import { usePhone } from '../../../lib/media.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { CopyButton } from '../copy-button.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryDialog } from './recovery-dialog.tsx';
import styles from './security.module.css';

export function SecondFactorDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [factor, setFactor] = useState<NewFactor | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const end = () => {
    toast(t('settings.factor.begun'), 'good');
    onClose();
  };
  if (codes) return <RecoveryDialog codes={codes} onClose={end} />;
  if (!factor)
    return (
      <PasswordDialog
        title={t('settings.factor.begin')}
        help={t('settings.factor.prove')}
        deed={t('settings.factor.next')}
        onClose={onClose}
        onSend={async (password) => setFactor(await beginSecondFactor(password))}
      />
    );
  return (
    <FirstCodeDialog
      factor={factor}
      onClose={onClose}
      onSend={async (code) => setCodes(await confirmSecondFactor(client, code))}
    />
  );
}

type CodeProps = { factor: NewFactor; onClose: () => void; onSend: (code: string) => Promise<void> };

function FirstCodeDialog({ factor, onClose, onSend }: CodeProps) {
  const phone = usePhone();
  const [code, setCode] = useState('');
  const { send, busy, errors, rest } = useSend();
  return (
    <FormDialog
      title={t('settings.factor.scan')}
      refusals={rest}
      deed={t('settings.factor.begin')}
      isDisabled={busy || !code.trim()}
      onClose={onClose}
      onSubmit={() => void send(() => onSend(code.trim()))}
    >
      <p>{t('settings.factor.scan_help')}</p>
      <div className={styles.scan}>
        <QrCode text={factor.uri} label={t('settings.factor.qr')} />
        <div className={styles.key}>
          <span className={styles.quiet}>{t('settings.factor.key')}</span>
          <code className={styles.code}>{inFours(factor.key)}</code>
          <span>
            <CopyButton label={t('settings.factor.copy_key')} text={factor.key} />
          </span>
          {phone ? <a href={factor.uri}>{t('settings.factor.open')}</a> : null}
        </div>
      </div>
      <TextInput
        label={t('settings.factor.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        onChange={setCode}
        error={errors.code}
        isRequired
        autoFocus
      />
    </FormDialog>
  );
}

const inFours = (key: string): string => key.replace(/(.{4})(?=.)/g, '$1 ');
