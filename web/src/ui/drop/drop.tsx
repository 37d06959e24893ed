// Files come by dropping them here or by the picker; the input itself stays in reach of the keyboard.
import { FileUp } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { classes } from '../classes.ts';
import styles from './drop.module.css';

type Props = { label: string; help?: string; accept?: string; onFiles: (files: File[]) => void; isDisabled?: boolean };

export function Drop({ label, help, accept, onFiles, isDisabled }: Props) {
  const [over, setOver] = useState(false);
  const take = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && !isDisabled) onFiles(files);
  };
  return (
    <div
      className={classes(styles.drop, over && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={take}
    >
      <FileUp size={20} aria-hidden="true" />
      <label className={styles.pick}>
        <input
          type="file"
          multiple
          accept={accept}
          disabled={isDisabled}
          className="visually-hidden"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            // The same file may be chosen again.
            event.target.value = '';
            if (files.length > 0) onFiles(files);
          }}
        />
        <span>{label}</span>
      </label>
      {help ? <p className={styles.help}>{help}</p> : null}
    </div>
  );
}
