// Something that is shown this once and copied: of a link or a token only the fingerprint is kept.
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { CopyButton } from './copy-button.tsx';
import styles from './forms.module.css';

type Props = { title: string; label: string; copy: string; text: string; help: string; onClose: () => void };

export function ShownOnceDialog({ title, label, copy, text, help, onClose }: Props) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <CopyButton label={copy} text={text} />
          <Button look="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextInput
          label={label}
          value={text}
          isReadOnly
          onFocus={(event) => (event.target as HTMLInputElement).select?.()}
        />
        <Notice>{help}</Notice>
      </div>
    </Dialog>
  );
}
