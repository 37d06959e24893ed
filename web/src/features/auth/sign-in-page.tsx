import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { needsCode, setupQuery, signIn, signInByProvider } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { CodeStep } from './code-step.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

// Why the provider's answer opened nothing.
const turnedAway = (code: string): string =>
  t(code === 'identity_unknown' ? 'auth.identity_unknown' : 'auth.provider_refused');

export function SignInPage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const setup = useQuery(setupQuery).data;
  const search = useSearch({ strict: false }) as { to?: string; refused?: string };
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState(search.refused ? turnedAway(search.refused) : '');
  const [busy, setBusy] = useState(false);
  const [isCodeAsked, setCodeAsked] = useState(false);
  // Only addresses of this app: `//elsewhere` would leave it.
  const to = search.to?.startsWith('/') && !search.to.startsWith('//') ? search.to : '/';
  const enter = () => navigate({ href: to, replace: true });
  const goToProvider = () => signInByProvider(to).catch((error: unknown) => setRefusal(sentence(error)));
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
      {setup?.provider ? (
        <Button wide onPress={() => void goToProvider()}>
          {t('auth.by_provider', { name: setup.provider })}
        </Button>
      ) : null}
      {setup?.mail ? (
        <Link to="/forgot" className={styles.way}>
          {t('auth.forgot')}
        </Link>
      ) : null}
    </Gate>
  );
}
