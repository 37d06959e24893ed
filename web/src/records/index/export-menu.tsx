import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { saveJobFile } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import { exportBudgetQuery, startExport } from '../../api/records.ts';
import type { Job, ObjectDef } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { JobDialog } from './job-dialog.tsx';

type Props = { object: ObjectDef; filter: string; q: string; sort: string; columns: string[] };

// The export is what the list shows: its filter, its order, its columns, and what the member may see.
export function ExportMenu({ object, filter, q, sort, columns }: Props) {
  const [job, setJob] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const budget = useQuery({ ...exportBudgetQuery, enabled: isOpen }).data;
  const start = (format: 'xlsx' | 'csv') => {
    startExport(object.plural, { format, filter, q, sort, fields: columns }).then(
      (answer) => setJob(answer.job),
      (error) => toast(sentence(error), 'bad'),
    );
  };
  const done = (finished: Job) => {
    saveJobFile(finished.id);
    setJob(null);
    toast(t('records.exported'), 'good');
  };
  return (
    <>
      <Menu
        label={t('records.export')}
        onOpen={() => setOpen(true)}
        trigger={
          <Button>
            <Download size={15} aria-hidden="true" />
            {t('records.export')}
          </Button>
        }
        groups={[
          {
            key: 'format',
            label: t('records.export_left', { rows: budget ? count(budget.left) : '…' }),
            entries: [
              { key: 'xlsx', label: t('records.export_xlsx'), onAction: () => start('xlsx') },
              { key: 'csv', label: t('records.export_csv'), onAction: () => start('csv') },
            ],
          },
        ]}
      />
      {job ? <JobDialog title={t('records.export')} job={job} onClose={() => setJob(null)} onDone={done} /> : null}
    </>
  );
}
