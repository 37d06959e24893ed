// The recovery codes are shown this once: the window does not go before somebody has said that they are saved.
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '../../../api/session.ts';
import { t } from '../../../i18n/i18n.ts';
import { downloadText } from '../../../lib/download.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { CopyButton } from '../copy-button.tsx';
import forms from '../forms.module.css';
import styles from './security.module.css';

export function RecoveryDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { member, organisation } = useSession();
  const [isLeft, setLeft] = useState(false);
  const text = `${codes.join('\n')}\n`;
  const download = () => {
    const head = t('settings.factor.file_head', { email: member.email, organisation: organisation.name });
    downloadText('shangdao-recovery-codes.txt', `${head}\n\n${text}`);
  };
  return (
    <Dialog
      title={t('settings.factor.save_codes')}
      onClose={() => setLeft(true)}
      footer={
        <>
          <CopyButton label={t('settings.factor.copy_codes')} text={text} />
          <Button onPress={download}>
            <Download size={14} aria-hidden="true" />
            {t('settings.factor.download')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('settings.factor.saved')}
          </Button>
        </>
      }
    >
      <div className={forms.form}>
        <p>{t('settings.factor.codes_help')}</p>
        <ol className={styles.codes}>
          {codes.map((code) => (
            <li key={code} className={styles.code}>
              {code}
            </li>
          ))}
        </ol>
        {isLeft ? <Notice tone="bad">{t('settings.factor.save_first')}</Notice> : null}
      </div>
    </Dialog>
  );
}
