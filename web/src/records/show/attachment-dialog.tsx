// A picture or a text, shown where it stands.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sentence } from '../../api/problem.ts';
import { contentOf, textQuery } from '../../api/records.ts';
import { t } from '../../i18n/i18n.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import styles from './attachment.module.css';

type Props = { id: string; name: string; isText: boolean; save: ReactNode; onClose: () => void };

export function AttachmentDialog({ id, name, isText, save, onClose }: Props) {
  return (
    <Dialog title={name} size="large" onClose={onClose} footer={save}>
      {isText ? <TextFile id={id} /> : <img src={contentOf(id)} alt={name} className={styles.picture} />}
    </Dialog>
  );
}

function TextFile({ id }: { id: string }) {
  const { data, error } = useQuery(textQuery(id));
  if (error) return <Notice tone="bad">{sentence(error)}</Notice>;
  if (!data) return <Skeleton lines={6} />;
  return (
    <>
      <pre className={styles.words} tabIndex={0} aria-label={t('record.files.text')}>
        {data.text}
      </pre>
      {data.cut ? <Notice>{t('record.files.cut')}</Notice> : null}
    </>
  );
}
