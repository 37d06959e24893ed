// First run: the one-time link carries its token behind #, so that it never reaches a log.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { setUp, setupQuery } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Gate } from './gate.tsx';
import styles from './gate.module.css';

const zones = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Asia/Hong_Kong',
  'Asia/Tokyo',
  'Asia/Singapore',
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'UTC',
];

export function SetupPage() {
  const open = useQuery(setupQuery);
  if (open.data && !open.data.open) {
    return (
      <Gate title={t('auth.setup_title')}>
        <Empty title={t('auth.setup_closed')} action={<Link to="/sign-in">{t('auth.sign_in')}</Link>}>
          {t('auth.setup_closed_help')}
        </Empty>
      </Gate>
    );
  }
  return <SetupForm />;
}

function SetupForm() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [token] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [form, setForm] = useState({
    organisation: '',
    currency: 'CNY',
    time_zone: 'Asia/Shanghai',
    name: '',
    email: '',
    password: '',
  });
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof form) => (value: string | null) =>
    setForm((old) => ({ ...old, [name]: value ?? '' }));
  const { fields, rest } = fieldErrors(refusal);
  const submit = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      await setUp(client, { ...form, token });
      await navigate({ to: '/', replace: true });
    } catch (error) {
      setRefusal(error);
    } finally {
      setBusy(false);
    }
  };
  const currencies = (['cny', 'usd', 'eur', 'hkd', 'jpy'] as const).map((key) => ({
    key: key.toUpperCase(),
    label: t(`auth.currency_${key}`),
  }));
  return (
    <Gate title={t('auth.setup_title')} onSubmit={submit}>
      {token ? <p>{t('auth.setup_help')}</p> : <Notice tone="warn">{t('auth.setup_no_token')}</Notice>}
      {rest.length > 0 ? <Notice tone="bad">{rest.join(' ')}</Notice> : null}
      <TextInput
        label={t('auth.organisation')}
        value={form.organisation}
        onChange={set('organisation')}
        error={fields.organisation}
        isRequired
      />
      <div className={styles.pair}>
        <Select
          label={t('auth.currency')}
          options={currencies}
          value={form.currency}
          onChange={set('currency')}
          error={fields.currency}
        />
        <Select
          label={t('auth.time_zone')}
          options={zones.map((key) => ({ key, label: key }))}
          value={form.time_zone}
          onChange={set('time_zone')}
          error={fields.time_zone}
        />
      </div>
      <TextInput
        label={t('auth.name')}
        autoComplete="name"
        value={form.name}
        onChange={set('name')}
        error={fields.name}
        isRequired
      />
      <TextInput
        label={t('auth.email')}
        type="email"
        autoComplete="username"
        value={form.email}
        onChange={set('email')}
        error={fields.email}
        isRequired
      />
      <TextInput
        label={t('auth.password')}
        type="password"
        autoComplete="new-password"
        help={t('auth.password_help')}
        value={form.password}
        onChange={set('password')}
        error={fields.password}
        isRequired
      />
      <Button
        type="submit"
        look="primary"
        wide
        isDisabled={busy || !token || !form.organisation || !form.name || !form.email || !form.password}
      >
        {t('auth.setup_submit')}
      </Button>
    </Gate>
  );
}
