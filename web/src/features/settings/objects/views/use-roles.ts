// The roles that there are, as whoever holds them is offered them.
import { useCatalogue } from '../../../../api/describe.ts';
import { pick } from '../../../../i18n/i18n.ts';

export function useRoles(): { key: string; label: string }[] {
  const field = useCatalogue()
    .object('member')
    ?.fields.find((one) => one.name === 'roles');
  return (field?.choices ?? []).filter((one) => one.active).map((one) => ({ key: one.key, label: pick(one.label) }));
}
