// All that is known of a person as one file, for whoever asked for it: what it holds is said before, and it is saved when it is made.
import { useState } from 'react';
import { saveJobFile } from '../../api/jobs.ts';
import { exportPerson } from '../../api/persons.ts';
import type { Job, ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { useSend } from '../form/use-send.ts';
import { JobDialog } from '../index/job-dialog.tsx';
import { Lines } from './lines.tsx';

type Props = { object: ObjectDef; record: RecordData; onClose: () => void };

const held = ['records', 'files', 'past', 'all'] as const;

export function ExportPersonDialog({ object, record, onClose }: Props) {
  const [job, setJob] = useState<string | null>(null);
  const { send, busy, errors, rest } = useSend();
  const title = t('person.export.title', { name: nameOf(object, record) || t('records.no_name') });
  const done = (finished: Job) => {
    saveJobFile(finished.id);
    toast(t('person.export.done'), 'good');
    onClose();
  };
  if (job) return <JobDialog title={title} job={job} onClose={onClose} onDone={done} />;
  return (
    <FormDialog
      title={title}
      size="small"
      deed={t('person.export.do')}
      refusals={[...rest, ...Object.values(errors)]}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(async () => setJob((await exportPerson(object.plural, record.id)).job))}
    >
      <Lines head={t('person.export.holds')} lines={held.map((one) => t(`person.export.holds.${one}`))} />
    </FormDialog>
  );
}
