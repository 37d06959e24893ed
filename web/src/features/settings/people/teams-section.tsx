// /settings/teams: groups of members, with a lead and a place among the others.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { get } from '../../../api/client.ts';
import { useCatalogue } from '../../../api/describe.ts';
import type { Page, RecordData, Reference } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { CreateDialog } from '../../../records/form/create-dialog.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Empty, Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Head } from '../head.tsx';
import styles from '../settings.module.css';
import { membersQuery } from './people-api.ts';

export function TeamsSection() {
  const client = useQueryClient();
  const object = useCatalogue().object('team');
  const { data } = useQuery({
    queryKey: ['records', 'teams', 'list', 'settings'],
    queryFn: ({ signal }) =>
      get<Page>('/teams', { sort: 'name', limit: 1000, count: 'none' }, signal).then((page) => page.data),
  });
  const { data: members = [] } = useQuery(membersQuery);
  const [adding, setAdding] = useState(false);
  if (!data || !object) return <Skeleton lines={6} />;
  const size = (row: RecordData) => members.filter((member) => member.team?.id === row.id).length;
  const columns: TableColumn<RecordData>[] = [
    { key: 'name', head: t('settings.team.name'), names: true, cell: nameCell },
    { key: 'parent', head: t('settings.team.parent'), cell: (row) => (row.parent as Reference | null)?.name ?? '–' },
    { key: 'leader', head: t('settings.team.leader'), cell: (row) => (row.leader as Reference | null)?.name ?? '–' },
    { key: 'members', head: t('settings.role.members'), number: true, cell: (row) => count(size(row)) },
  ];
  return (
    <>
      <Head
        title={t('settings.teams')}
        help={t('settings.teams_help')}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden="true" />
            {t('settings.team.add')}
          </Button>
        }
      />
      {data.length === 0 ? (
        <Empty title={t('settings.teams_empty')}>{t('settings.teams_help')}</Empty>
      ) : (
        <Table label={t('settings.teams')} rows={data} rowKey={(row) => row.id} columns={columns} />
      )}
      {adding ? (
        <CreateDialog
          object={object}
          onClose={() => setAdding(false)}
          onCreated={() => {
            setAdding(false);
            void client.invalidateQueries({ queryKey: ['records', 'teams'] });
          }}
        />
      ) : null}
    </>
  );
}

const nameCell = (row: RecordData) => (
  <Link to={`/teams/${row.id}`} className={styles.named}>
    {String(row.name)}
  </Link>
);
