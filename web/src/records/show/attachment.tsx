// A file of a record: a picture is shown where it stands and larger when pressed; anything else is saved. A PDF is saved too:
// the server gives it in a sandbox, and a browser's reader does not run in one.
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { RecordData } from '../../api/types.ts';
import { bytes } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import styles from './attachment.module.css';

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const names: { [type: string]: string } = { 'application/pdf': 'PDF', 'text/csv': 'CSV', 'text/plain': 'TXT' };

const ending = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';

export function Attachment({ row }: { row: RecordData }) {
  const [isOpen, setOpen] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const name = String(row.file_name ?? row.id);
  const type = String(row.media_type ?? '');
  const address = `/api/v1/attachments/${row.id}/content`;
  const isPicture = pictures.has(type) && !isBroken;
  const detail = [names[type] ?? ending(name), bytes(Number(row.size_bytes ?? 0))].filter(Boolean).join(' · ');
  const save = (
    <a href={address} download={name} className={styles.save} aria-label={t('records.file_save', { name })}>
      <Download size={14} aria-hidden="true" />
    </a>
  );
  return (
    <>
      {isPicture ? (
        <button
          type="button"
          className={styles.thumb}
          aria-label={t('records.file_show', { name })}
          onClick={() => setOpen(true)}
        >
          <img src={address} alt="" loading="lazy" onError={() => setBroken(true)} />
        </button>
      ) : null}
      <span className={styles.text}>
        {isPicture ? (
          <span className={styles.name}>{name}</span>
        ) : (
          <a href={address} download={name} className={styles.name}>
            {name}
          </a>
        )}
        <span className={styles.detail}>{detail}</span>
      </span>
      {save}
      {isOpen ? (
        <Dialog title={name} size="large" onClose={() => setOpen(false)} footer={save}>
          <img src={address} alt={name} className={styles.picture} />
        </Dialog>
      ) : null}
    </>
  );
}
