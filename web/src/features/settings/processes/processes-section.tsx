// /settings/processes: every process; /settings/processes/<id>: the stages of one.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useCatalogue } from '../../../api/describe.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Skeleton } from '../../../ui/empty/empty.tsx';
import { Table, type TableColumn } from '../../../ui/table/table.tsx';
import { Tag } from '../../../ui/tag/tag.tsx';
import { Head } from '../head.tsx';
import { namedIn } from '../named.ts';
import styles from '../settings.module.css';
import { objectOf, type Process, processesQuery } from './process-api.ts';
import { ProcessDialog } from './process-dialog.tsx';
import { ProcessPage } from './process-page.tsx';

export function ProcessesSection({ at }: { at?: string }) {
  const catalogue = useCatalogue();
  const { data } = useQuery(processesQuery);
  const [adding, setAdding] = useState(false);
  if (!data) return <Skeleton lines={8} />;
  const process = data.find((one) => one.id === at);
  if (process) return <ProcessPage key={process.id} process={process} />;
  const columns: TableColumn<Process>[] = [
    { key: 'name', head: t('settings.process.name'), names: true, cell: nameCell },
    {
      key: 'runs_on',
      head: t('settings.process.runs_on'),
      onLine: 'bare',
      cell: (row) => pick(catalogue.object(objectOf(row))?.label),
    },
    { key: 'version', head: t('settings.process.version'), cell: (row) => row.active_version?.name ?? '–' },
    { key: 'marks', head: t('settings.process.state'), onLine: 'beside', cell: marksCell },
  ];
  return (
    <>
      <Head
        title={t('settings.processes')}
        help={t('settings.processes.help')}
        actions={
          <Button look="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden="true" />
            {t('settings.process.add')}
          </Button>
        }
      />
      <Table label={t('settings.processes')} rows={data} rowKey={(row) => row.id} columns={columns} />
      {adding ? <ProcessDialog processes={data} onClose={() => setAdding(false)} /> : null}
    </>
  );
}

const nameCell = (row: Process) => (
  <Link to={`/settings/processes/${row.id}`} className={styles.named}>
    {namedIn(row)}
  </Link>
);
const marksCell = (row: Process) => (
  <span className={styles.marks}>
    {row.is_default ? <Tag tone="info">{t('settings.process.default')}</Tag> : null}
    {row.active === false ? <Tag tone="warn">{t('settings.retired')}</Tag> : null}
  </span>
);
