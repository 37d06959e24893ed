// Who I am here, and what I read: the language is the member's own and goes along to every browser.
import { actionsNow } from '../../actions/registry.ts';
import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { list } from '../../i18n/format.ts';
import { locale, pick, t } from '../../i18n/i18n.ts';
import { Segments } from '../../ui/field/segments.tsx';
import { Facts } from './facts.tsx';
import styles from './settings.module.css';

const choose = (key: string) =>
  actionsNow()
    .find((action) => action.id === `language.${key}`)
    ?.run();

export function Profile() {
  const { member } = useSession();
  const object = useCatalogue().object('member');
  const named = (object && fieldOf(object, 'roles')?.choices) ?? [];
  const roles = member.roles.map((key) => pick(named.find((one) => one.key === key)?.label) || key);
  return (
    <>
      <Facts
        facts={[
          [t('settings.name'), member.name],
          [t('settings.email'), member.email],
          [t('settings.roles'), list(roles)],
        ]}
      />
      <div className={styles.looks}>
        <div>
          <h2 className={styles.look}>{t('shell.language')}</h2>
          <Segments
            label={t('shell.language')}
            options={[
              { key: 'zh-CN', label: t('shell.language.zh') },
              { key: 'en', label: t('shell.language.en') },
            ]}
            value={locale()}
            onChange={choose}
          />
          <p className={styles.about}>{t('settings.language_help')}</p>
        </div>
      </div>
    </>
  );
}
