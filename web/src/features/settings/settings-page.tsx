import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Page } from '../../ui/page/page.tsx';
import styles from './settings.module.css';

const line = (label: string, value: string) => (
  <div className={styles.line}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

export function SettingsPage() {
  const { member, organisation } = useSession();
  const object = useCatalogue().object('member');
  const named = (object && fieldOf(object, 'roles')?.choices) ?? [];
  const roles = member.roles.map((key) => pick(named.find((one) => one.key === key)?.label) || key);
  return (
    <Page title={t('settings.title')}>
      <section className={styles.section}>
        <h2>{t('settings.profile')}</h2>
        <dl>
          {line(t('settings.name'), member.name)}
          {line(t('settings.email'), member.email)}
          {line(t('settings.roles'), list(roles))}
        </dl>
      </section>
      <section className={styles.section}>
        <h2>{t('settings.organisation')}</h2>
        <dl>
          {line(t('settings.organisation'), organisation.name)}
          {line(t('settings.currency'), organisation.currency)}
          {line(t('settings.time_zone'), organisation.time_zone)}
        </dl>
      </section>
    </Page>
  );
}
