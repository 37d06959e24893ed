// /settings/roles: every role; /settings/roles/<id>: what one may do.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { RecordData } from '../../../api/types.ts';
import { count, list } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Head } from '../head.tsx';
import { namedIn } from '../named.ts';
import { membersQuery } from '../people/people-api.ts';
import styles from '../settings.module.css';
import { everything, generalRights, levelIn, readRights } from './rights-model.ts';
import { RoleDialog } from './role-dialog.tsx';
import { RolePage } from './role-page.tsx';
import { rolesQuery } from './roles-api.ts';

export function RolesSection({ at }: { at?: string }) {
  const { data } = useQuery(rolesQuery);
  const { data: members = [] } = useQuery(membersQuery);
  const [adding, setAdding] = useState(false);
  if (!data) return <Skeleton lines={8} />;
  const role = data.find((one) => one.id === at);
  if (role) return <RolePage key={role.id} role={role} roles={data} members={members} />;
  const holders = (row: RecordData) =>
    members.filter((member) => Array.isArray(member.roles) && member.roles.includes(String(row.key))).length;
  const columns: TableColumn<RecordData>[] = [
    { key: 'name', head: t('settings.role.name'), names: true, cell: nameCell },
    { key: 'members', head: t('settings.role.members'), number: true, cell: (row) => count(holders(row)) },
    { key: 'sees', head: t('settings.role.sees'), cell: (row) => seesText(row) },
    { key: 'general', head: t('settings.role.general'), cell: (row) => generalText(row) },
  ];
  return (
    <>
      <Head
        title={t('settings.roles_title')}
        help={t('settings.roles_help')}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden="true" />
            {t('settings.role.add')}
          </Button>
        }
      />
      <Table label={t('settings.roles_title')} rows={data} rowKey={(row) => row.id} columns={columns} />
      {adding ? <RoleDialog roles={data} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

const nameCell = (row: RecordData) => (
  <Link to={`/settings/roles/${row.id}`} className={styles.named}>
    {namedIn(row)}
  </Link>
);
const seesText = (row: RecordData): string =>
  t(`settings.rights.level.${levelIn(readRights(String(row.rights)), everything, 'read')}`);
const generalText = (row: RecordData): string => {
  const { general } = readRights(String(row.rights));
  return (
    list(generalRights.filter((right) => general.includes(right)).map((right) => t(`settings.general.${right}`))) || '–'
  );
};
