// What is known of a person goes for good: what that means is said before, a reason is asked for, and the work is watched until it is done.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { erasePerson } from '../../api/persons.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { nameOf } from '../fields/record-name.ts';
import { FormDialog } from '../form/form-dialog.tsx';
import { useSend } from '../form/use-send.ts';
import { JobDialog } from '../index/job-dialog.tsx';
import { Lines } from './lines.tsx';
import styles from './person.module.css';

type Props = { object: ObjectDef; record: RecordData; onClose: () => void };

const goes = ['fields', 'entries', 'past', 'files'] as const;
const stays = ['record', 'facts', 'others', 'backups'] as const;

export function EraseDialog({ object, record, onClose }: Props) {
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [job, setJob] = useState<string | null>(null);
  const { send, busy, errors, rest } = useSend();
  const title = t('person.erase.title', { name: nameOf(object, record) || t('records.no_name') });
  const done = () => {
    void client.invalidateQueries();
    toast(t('person.erase.done'), 'good');
    onClose();
  };
  if (job) return <JobDialog title={title} job={job} onClose={onClose} onDone={done} />;
  return (
    <FormDialog
      title={title}
      size="small"
      deed={t('person.erase.do')}
      look="danger"
      refusals={rest}
      isDisabled={busy}
      onClose={onClose}
      onSubmit={() => void send(async () => setJob((await erasePerson(object.plural, record.id, reason)).job))}
    >
      <Lines head={t('person.erase.goes')} lines={goes.map((one) => t(`person.erase.goes.${one}`))} />
      <Lines head={t('person.erase.stays')} lines={stays.map((one) => t(`person.erase.stays.${one}`))} />
      <p className={styles.last}>{t('person.erase.last')}</p>
      <TextInput
        label={t('person.erase.reason')}
        help={t('person.erase.reason_help')}
        value={reason}
        error={errors.reason}
        isRequired
        onChange={setReason}
      />
    </FormDialog>
  );
}
