// The second step of signing in, where the password was right and a second factor is asked for: a code of the authenticator, or one of
// the recovery codes. What was typed before it is kept by whoever shows it.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { signIn } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

type Props = { email: string; password: string; onBack: () => void; onIn: () => Promise<void> };

const kinds = {
  app: { label: 'auth.code', help: 'auth.code_help', other: 'auth.use_recovery' },
  recovery: { label: 'auth.recovery', help: 'auth.recovery_help', other: 'auth.use_app' },
} as const;

export function CodeStep({ email, password, onBack, onIn }: Props) {
  const client = useQueryClient();
  const [kind, setKind] = useState<keyof typeof kinds>('app');
  const [codes, setCodes] = useState({ app: '', recovery: '' });
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { fields, rest } = fieldErrors(refusal);
  const code = codes[kind].trim();
  const submit = async () => {
    if (busy || !code) return;
    setBusy(true);
    setRefusal(null);
    try {
      await signIn(client, email, password, code);
      await onIn();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  const turn = () => {
    setKind(kind === 'app' ? 'recovery' : 'app');
    setRefusal(null);
  };
  const { label, help, other } = kinds[kind];
  return (
    <Gate title={t('auth.code_title')} onSubmit={() => void submit()}>
      {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
      <TextInput
        key={kind}
        label={t(label)}
        help={t(help)}
        autoComplete={kind === 'app' ? 'one-time-code' : 'off'}
        inputMode={kind === 'app' ? 'numeric' : 'text'}
        value={codes[kind]}
        onChange={(typed) => setCodes({ ...codes, [kind]: typed })}
        error={fields.code}
        isRequired
        autoFocus
      />
      <Button type="submit" look="primary" wide isDisabled={busy || !code}>
        {t('auth.sign_in')}
      </Button>
      <div className={styles.ways}>
        <Button look="quiet" onPress={onBack}>
          {t('auth.back')}
        </Button>
        <Button look="quiet" onPress={turn}>
          {t(other)}
        </Button>
      </div>
    </Gate>
  );
}
