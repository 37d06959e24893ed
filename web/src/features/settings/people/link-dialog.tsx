// The link is shown this once: only its fingerprint is kept.
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import styles from '../forms.module.css';

type Props = { name: string; link: string; days: number; onClose: () => void };

export function LinkDialog({ name, link, days, onClose }: Props) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => {},
    );
  return (
    <Dialog
      title={t('settings.member.link_title', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={copy}>
            <Copy size={14} aria-hidden="true" />
            {t(copied ? 'settings.member.copied' : 'settings.member.copy')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextInput
          label={t('settings.member.link')}
          value={link}
          isReadOnly
          onFocus={(event) => (event.target as HTMLInputElement).select?.()}
        />
        <Notice>{t('settings.member.link_help', { days })}</Notice>
      </div>
    </Dialog>
  );
}
