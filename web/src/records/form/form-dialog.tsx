// A form in a dialog: above it what is refused and is no field's, below it cancel and the deed.
import type { ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import styles from './form.module.css';

type Props = {
  title: string;
  size?: 'small' | 'medium' | 'side';
  refusals: string[];
  // The deed's name; without one the form is saved.
  deed?: string;
  look?: 'primary' | 'danger';
  isDisabled?: boolean;
  // Another deed, at the other end.
  other?: ReactNode;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
};

export function FormDialog({ title, size, refusals, deed, look = 'primary', isDisabled, other, ...rest }: Props) {
  return (
    <Dialog
      title={title}
      size={size}
      onClose={rest.onClose}
      onSubmit={rest.onSubmit}
      footer={
        <>
          {other ? <span className={styles.other}>{other}</span> : null}
          <Button onPress={rest.onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look={look} isDisabled={isDisabled}>
            {deed ?? t('common.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {refusals.length > 0 ? <Notice tone="bad">{refusals.join(' ')}</Notice> : null}
        {rest.children}
      </div>
    </Dialog>
  );
}
