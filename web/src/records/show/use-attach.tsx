// Files on their way to a record: each says how it goes, a refused one may be sent again, and what was sent can be taken back.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { attach, deleteRecord } from '../../api/records.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './composer.module.css';

type Refused = { file: File; say: string };

export function useAttach(object: ObjectDef, record: RecordData) {
  const client = useQueryClient();
  const [sending, setSending] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused[]>([]);
  const again = () => {
    void client.invalidateQueries({ queryKey: keys.record(object.plural, record.id) });
    void client.invalidateQueries({ queryKey: keys.object('attachments') });
  };
  const takeBack = (sent: RecordData[]) =>
    Promise.all(sent.map((one) => deleteRecord('attachments', one.id, one.version))).then(
      () => {
        again();
        toast(t('records.undo.done'), 'good');
      },
      (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
    );
  const send = async (files: File[]) => {
    const sent: RecordData[] = [];
    const failed: Refused[] = [];
    for (const file of files) {
      setSending(file.name);
      try {
        sent.push(await attach(object.name, record.id, file));
      } catch (error) {
        failed.push({ file, say: sentence(error) });
      }
    }
    setSending(null);
    setRefused((old) => [...old.filter((one) => !files.includes(one.file)), ...failed]);
    if (sent.length === 0) return;
    again();
    toast(t('record.files.sent', { count: sent.length }), 'good', {
      label: t('common.undo'),
      run: () => void takeBack(sent),
    });
  };
  return { send, sending, refused, busy: sending !== null, forget: () => setRefused([]) };
}

export function Sending({ files }: { files: ReturnType<typeof useAttach> }) {
  if (!files.busy && files.refused.length === 0) return null;
  return (
    <div className={styles.sending}>
      {files.sending ? <p role="status">{t('record.files.sending', { name: files.sending })}</p> : null}
      {files.refused.map(({ file, say }) => (
        <p key={`${file.name}-${file.size}`} role="alert">
          {t('record.files.refused', { name: file.name, say })}{' '}
          <Button compact look="quiet" onPress={() => void files.send([file])}>
            {t('common.retry')}
          </Button>
        </p>
      ))}
      {files.refused.length > 0 ? (
        <Button compact look="quiet" onPress={files.forget}>
          {t('common.close')}
        </Button>
      ) : null}
    </div>
  );
}
