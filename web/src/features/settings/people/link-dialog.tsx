// The link is shown this once: only its fingerprint is kept.
import { t } from '../../../i18n/i18n.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { CopyButton } from '../copy-button.tsx';
import styles from '../forms.module.css';

type Props = { name: string; link: string; days: number; onClose: () => void };

export function LinkDialog({ name, link, days, onClose }: Props) {
  return (
    <Dialog
      title={t('settings.member.link_title', { name })}
      onClose={onClose}
      footer={
        <>
          <CopyButton label={t('settings.member.copy')} text={link} />
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
