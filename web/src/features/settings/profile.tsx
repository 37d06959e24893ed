import { fieldOf, useCatalogue } from '../../api/describe.ts';
import { useSession } from '../../api/session.ts';
import { list } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Facts } from './facts.tsx';

export function Profile() {
  const { member } = useSession();
  const object = useCatalogue().object('member');
  const named = (object && fieldOf(object, 'roles')?.choices) ?? [];
  const roles = member.roles.map((key) => pick(named.find((one) => one.key === key)?.label) || key);
  return (
    <Facts
      facts={[
        [t('settings.name'), member.name],
        [t('settings.email'), member.email],
        [t('settings.roles'), list(roles)],
      ]}
    />
  );
}
