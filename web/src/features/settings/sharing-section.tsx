// /settings/sharing: what opens records beyond ownership and the reporting tree. Groups and rules have lists and pages of their own.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useCatalogue } from '../../api/describe.ts';
import { countQuery } from '../../api/records.ts';
import type { ObjectDef } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { DefaultAccess } from './default-access.tsx';
import { Head } from './head.tsx';
import styles from './settings.module.css';

const places = ['member_group', 'sharing_rule', 'territory', 'territory_member'] as const;

export function SharingSection() {
  const catalogue = useCatalogue();
  return (
    <>
      <Head title={t('settings.sharing')} help={t('settings.sharing_help')} />
      <ul className={styles.choices}>
        {places.map((name) => {
          const object = catalogue.object(name);
          return object?.rights.read ? (
            <Place key={name} object={object} about={t(`settings.sharing_about.${name}`)} />
          ) : null;
        })}
      </ul>
      {catalogue.object('sharing_rule')?.rights.read ? <DefaultAccess /> : null}
    </>
  );
}

function Place({ object, about }: { object: ObjectDef; about: string }) {
  const total = useQuery(countQuery(object.plural, '')).data;
  return (
    <li>
      <Link to={`/${object.plural}`} className={styles.named}>
        {pick(object.plural_label)}
        {total === undefined ? null : ` ${count(total)}`}
      </Link>
      <small className={styles.small}>{about}</small>
    </li>
  );
}
