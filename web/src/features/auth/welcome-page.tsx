// The other end of an invitation and of a forgotten password: the link's fragment holds the token, so no server log ever sees it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldErrors, sentence } from '../../api/problem.ts';
import { acceptInvitation, invitationQuery, needsCode, signIn } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { CodeStep } from './code-step.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

const words = {
  invitation: { title: 'auth.welcome', help: 'auth.welcome_help' },
  reset: { title: 'auth.reset', help: 'auth.reset_help' },
} as const;

export function WelcomePage() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [token] = useState(() => location.hash.slice(1));
  const found = useQuery(invitationQuery(token));
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [isCodeAsked, setCodeAsked] = useState(false);
  const { fields, rest } = fieldErrors(refusal);
  const email = found.data?.email ?? '';
  const enter = () => navigate({ href: '/', replace: true });
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await acceptInvitation(token, password);
      await signIn(client, email, password);
      await enter();
    } catch (error) {
      if (needsCode(error)) setCodeAsked(true);
      else setRefusal(error);
      setBusy(false);
    }
  };
  if (isCodeAsked)
    return <CodeStep email={email} password={password} onBack={() => void navigate({ to: '/sign-in' })} onIn={enter} />;
  return (
    <Gate title={found.data ? t(words[found.data.kind].title, found.data) : t('auth.welcome_title')} onSubmit={submit}>
      {found.isPending ? <Skeleton lines={3} /> : null}
      {found.error ? (
        <>
          <Notice tone="bad">{sentence(found.error)}</Notice>
          <Link to="/sign-in" className={styles.way}>
            {t('auth.back')}
          </Link>
        </>
      ) : null}
      {found.data ? (
        <>
          {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
          <p>{t(words[found.data.kind].help, found.data)}</p>
          <TextInput label={t('auth.email')} type="email" autoComplete="username" value={email} isReadOnly />
          <TextInput
            label={t('auth.password')}
            type="password"
            autoComplete="new-password"
            help={t('auth.password_help')}
            value={password}
            onChange={setPassword}
            error={fields.password}
            isRequired
            autoFocus
          />
          <Button type="submit" look="primary" wide isDisabled={busy || !password}>
            {t('auth.welcome_submit')}
          </Button>
        </>
      ) : null}
    </Gate>
  );
}
