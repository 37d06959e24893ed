import type { ReactNode, RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { classes } from '../classes.ts';
import { Arm } from './arm.tsx';
import styles from './popover.module.css';

type Props = {
  id: string;
  label: string;
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode | ((close: () => void) => ReactNode);
};

export function PopoverFloat({ id, label, triggerRef, onClose, children }: Props) {
  return (
    <Popover
      triggerRef={triggerRef}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={classes(styles.popover, styles.sheet)}
      placement="bottom start"
    >
      <Arm />
      <Dialog id={id} aria-label={label} className={styles.body}>
        {typeof children === 'function' ? children(onClose) : children}
      </Dialog>
    </Popover>
  );
}
