// A sheet at the right edge: what stands behind it stays in sight. A press beside it, Escape and Back close it.
import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { IconButton } from '../button/button.tsx';
import { useUiWords } from '../words/words.tsx';
import styles from './sheet.module.css';

type Props = {
  title: ReactNode;
  // What stands in the title's line, before the cross.
  actions?: ReactNode;
  beside?: ReactNode;
  foot?: ReactNode;
  onClose: () => void;
  // Keys pressed in the sheet itself, not in what it opened above.
  onKey?: (event: KeyboardEvent) => void;
  children: ReactNode;
};

export function Sheet({ title, actions, beside, foot, onClose, onKey, children }: Props) {
  const words = useUiWords();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      className={styles.overlay}
    >
      <Modal className={styles.modal}>
        {/* Around the dialog, which has the focus itself at first. */}
        <div
          className={styles.keys}
          onKeyDown={(event) => {
            if (event.currentTarget.contains(event.target as Node)) onKey?.(event);
          }}
        >
          <AriaDialog className={styles.dialog}>
            <header className={styles.head}>
              <Heading slot="title" level={2} className={styles.title}>
                {title}
              </Heading>
              <span className={styles.actions}>
                {actions}
                <IconButton label={words.close} onPress={onClose}>
                  <X size={16} aria-hidden="true" />
                </IconButton>
              </span>
            </header>
            {beside ? <div className={styles.beside}>{beside}</div> : null}
            {children}
            {foot ? <footer className={styles.foot}>{foot}</footer> : null}
          </AriaDialog>
        </div>
      </Modal>
    </ModalOverlay>
  );
}
