// Dialogs are shown by being rendered: `open` is the caller's state. On a phone they are sheets from below.
import { X } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { useUiWords } from '../words/words.tsx';
import styles from './dialog.module.css';

type Props = {
  title: string;
  open?: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large' | 'side';
  onSubmit?: () => void;
};

export function Dialog({ title, open = true, onClose, children, footer, size = 'medium', onSubmit }: Props) {
  const words = useUiWords();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const inside = (
    <>
      <header className={styles.head}>
        <Heading slot="title" level={2} className={styles.title}>
          {title}
        </Heading>
        <IconButton label={words.close} onPress={onClose}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </header>
      <div className={styles.body}>{children}</div>
      {footer ? <footer className={styles.foot}>{footer}</footer> : null}
    </>
  );
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable={!onSubmit}
      className={classes(styles.overlay, size === 'side' && styles.overlaySide)}
    >
      <Modal className={classes(styles.modal, styles[size])}>
        <AriaDialog className={styles.dialog}>
          {onSubmit ? (
            <form noValidate className={styles.form} onSubmit={submit}>
              {inside}
            </form>
          ) : (
            <div className={styles.form}>{inside}</div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
