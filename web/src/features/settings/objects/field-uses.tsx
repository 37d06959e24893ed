// Where a field is used, so that nobody retires it unawares: in how many records, in which gates, for whom it is less than open.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.ts';
import { countQuery } from '../../../api/records.ts';
import type { Field, ObjectDef, Page } from '../../../api/types.ts';
import { count, list } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import styles from '../forms.module.css';
import { fieldUses } from './uses.ts';

export const usesQuery = (object: ObjectDef, field: Field) =>
  queryOptions({
    queryKey: ['records', 'uses', object.name, field.name],
    queryFn: async ({ signal }) => {
      const read = (plural: string) => get<Page>(`/${plural}`, { limit: 1000, count: 'none' }, signal);
      const [roles, versions, processes] = await Promise.all([
        read('roles'),
        read('process_versions'),
        read('processes'),
      ]);
      return fieldUses(object, field, { roles: roles.data, versions: versions.data, processes: processes.data });
    },
  });

export function FieldUses({ object, field }: { object: ObjectDef; field: Field }) {
  const filled = useQuery({ ...countQuery(object.plural, `${field.name} is not null`), retry: false });
  const words = useQuery(usesQuery(object, field));
  const lines: [string, string][] = [
    ...(filled.data === undefined ? [] : ([[t('settings.uses.records'), count(filled.data)]] as [string, string][])),
    [t('settings.uses.gates'), words.data?.gates.length ? list(words.data.gates) : t('settings.none')],
    [t('settings.uses.roles'), words.data?.roles.length ? list(words.data.roles) : t('settings.uses.open')],
  ];
  return (
    <section className={styles.uses} aria-busy={words.isPending}>
      <h3>{t('settings.uses')}</h3>
      <dl>
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
