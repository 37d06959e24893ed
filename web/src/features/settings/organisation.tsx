import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Facts } from './facts.tsx';

export function Organisation() {
  const { organisation } = useSession();
  return (
    <Facts
      facts={[
        [t('settings.organisation_name'), organisation.name],
        [t('settings.currency'), organisation.currency],
        [t('settings.time_zone'), organisation.time_zone],
      ]}
    />
  );
}
