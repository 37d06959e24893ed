import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { needsCode, setupQuery, signIn } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { CodeStep } from './code-step.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

export function SignInPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const mails = useQuery(setupQuery).data?.mail;
  const search = useSearch({ strict: false }) as { to?: string };
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState('');
  const [busy, setBusy] = useState(false);
  const [isCodeAsked, setCodeAsked] = useState(false);
  const enter = () => {
    // Only addresses of this app: `//elsewhere` would leave it.
    const to = search.to?.startsWith('/') && !search.to.startsWith('//') ? search.to : '/';
    return navigate({ href: to, replace: true });
  };
  const submit = async () => {
    setBusy(true);
    setRefusal('');
    try {
      await signIn(client, email.trim(), password);
      await enter();
    } catch (error) {
      if (needsCode(error)) setCodeAsked(true);
      else {
        setRefusal(sentence(error));
        setPassword('');
      }
    } finally {
      setBusy(false);
    }
  };
  if (isCodeAsked)
    return <CodeStep email={email.trim()} password={password} onBack={() => setCodeAsked(false)} onIn={enter} />;
  return (
    <Gate title={t('auth.sign_in_title')} onSubmit={submit}>
      {refusal ? <Notice tone="bad">{refusal}</Notice> : null}
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        isRequired
        autoFocus
      />
      <TextInput
        label={t('auth.password')}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
      />
      <Button type="submit" look="primary" wide isDisabled={busy || !email || !password}>
        {t('auth.sign_in')}
      </Button>
      {mails ? (
        <Link to="/forgot" className={styles.way}>
          {t('auth.forgot')}
        </Link>
      ) : null}
    </Gate>
  );
}
