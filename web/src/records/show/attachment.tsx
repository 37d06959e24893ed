// A file of a record. A picture and a text are shown where they stand, a PDF in a tab of its own – the server gives it in a
// sandbox in which scripts do not run, and browsers still read it to us there; anything else is saved.
import { useQueryClient } from '@tanstack/react-query';
import { Download, FileText, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { act, contentOf, deleteRecord } from '../../api/records.ts';
import type { RecordData } from '../../api/types.ts';
import { bytes, dayLabel, dayOf } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './attachment.module.css';

const AttachmentDialog = lazy(() =>
  import('./attachment-dialog.tsx').then((room) => ({ default: room.AttachmentDialog })),
);

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const names: { [type: string]: string } = { 'application/pdf': 'PDF', 'text/csv': 'CSV', 'text/plain': 'TXT' };

const ending = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? '';
const readable = /^(TXT|CSV|TSV|MD|LOG|JSON|XML|YAML|YML|INI|EML)$/;

type Shown = 'picture' | 'text' | 'tab' | 'none';

function shownAs(type: string, name: string): Shown {
  if (pictures.has(type)) return 'picture';
  if (type === 'application/pdf') return 'tab';
  return type.startsWith('text/') || readable.test(ending(name)) ? 'text' : 'none';
}

export function Attachment({ row }: { row: RecordData }) {
  const [isOpen, setOpen] = useState(false);
  const [isBroken, setBroken] = useState(false);
  const name = String(row.file_name ?? row.id);
  const type = String(row.media_type ?? '');
  const address = contentOf(row.id);
  const kind = isBroken ? 'none' : shownAs(type, name);
  const by = row.created_by?.name ?? '';
  const at = row.created_at ? dayLabel(dayOf(row.created_at)) : '';
  const detail = [names[type] ?? ending(name), bytes(Number(row.size_bytes ?? 0)), by, at].filter(Boolean).join(' · ');
  const save = (
    <a href={address} download={name} className={styles.save} aria-label={t('records.file_save', { name })}>
      <Download size={14} aria-hidden="true" />
    </a>
  );
  const open = () => setOpen(true);
  return (
    <>
      {kind === 'picture' ? (
        <button type="button" className={styles.thumb} aria-label={t('records.file_show', { name })} onClick={open}>
          <img src={address} alt="" loading="lazy" onError={() => setBroken(true)} />
        </button>
      ) : (
        <span className={styles.sign}>
          <FileText size={18} strokeWidth={1.5} aria-hidden="true" />
        </span>
      )}
      <span className={styles.text}>
        <FileName kind={kind} name={name} address={address} onOpen={open} />
        <span className={styles.detail}>{detail}</span>
      </span>
      {save}
      <Remove row={row} name={name} />
      {isOpen ? (
        <Suspense fallback={null}>
          <AttachmentDialog
            id={row.id}
            name={name}
            isText={kind === 'text'}
            save={save}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}

type NameProps = { kind: Shown; name: string; address: string; onOpen: () => void };

function FileName({ kind, name, address, onOpen }: NameProps): ReactNode {
  if (kind === 'picture') return <span className={styles.name}>{name}</span>;
  if (kind === 'text')
    return (
      <button
        type="button"
        data-printed
        className={styles.open}
        aria-label={t('records.file_show', { name })}
        onClick={onOpen}
      >
        {name}
      </button>
    );
  const where = kind === 'tab' ? { target: '_blank', rel: 'noreferrer noopener' } : { download: name };
  return (
    <a href={address} {...where} className={styles.name}>
      {name}
    </a>
  );
}

function Remove({ row, name }: { row: RecordData; name: string }) {
  const client = useQueryClient();
  const attachment = useCatalogue().object('attachment');
  if (!attachment?.rights.delete) return null;
  const again = () => {
    void client.invalidateQueries({ queryKey: keys.object(attachment.plural) });
    void client.invalidateQueries({ predicate: (query) => query.queryKey.includes('timeline') });
  };
  const bring = () =>
    act(attachment.plural, row.id, 'restore', {}).then(
      () => {
        again();
        toast(t('records.undo.done'), 'good');
      },
      (error: unknown) => toast(t('records.undo.refused', { say: sentence(error) }), 'bad'),
    );
  const remove = async () => {
    try {
      await deleteRecord(attachment.plural, row.id, row.version);
      again();
      toast(t('records.deleted', { name }), 'plain', { label: t('common.undo'), run: () => void bring() });
    } catch (error) {
      toast(sentence(error), 'bad');
    }
  };
  return (
    <IconButton
      compact
      className={styles.remove}
      label={t('record.files.remove', { name })}
      onPress={() => void remove()}
    >
      <Trash2 size={14} aria-hidden="true" />
    </IconButton>
  );
}
