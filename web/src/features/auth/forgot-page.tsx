// A forgotten password: a link goes to the mailbox. The page says the same whether the address is anybody's or not.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { askReset, reset_minutes, setupQuery } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

export function ForgotPage() {
  const setup = useQuery(setupQuery);
  const [email, setEmail] = useState('');
  const [isSent, setSent] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { fields, rest } = fieldErrors(refusal);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await askReset(email.trim());
      setSent(true);
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const back = (
    <Link to="/sign-in" className={styles.way}>
      {t('auth.back')}
    </Link>
  );
  if (isSent || setup.data?.mail === false)
    return (
      <Gate title={t('auth.forgot_title')}>
        {isSent ? (
          <Notice tone="good">{t('auth.forgot_sent', { minutes: reset_minutes })}</Notice>
        ) : (
          <Notice>{t('auth.forgot_unset')}</Notice>
        )}
        {back}
      </Gate>
    );
  return (
    <Gate title={t('auth.forgot_title')} onSubmit={() => void submit()}>
      {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
      <p>{t('auth.forgot_help')}</p>
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        error={fields.email}
        isRequired
        autoFocus
      />
      <Button type="submit" look="primary" wide isDisabled={busy || !email.trim()}>
        {t('auth.forgot_submit')}
      </Button>
      {back}
    </Gate>
  );
}
