import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { classes } from '../classes.ts';
import styles from './button.module.css';

export type Look = 'plain' | 'primary' | 'quiet' | 'danger';

type Props = Omit<ButtonProps, 'className' | 'children' | 'style'> & {
  look?: Look;
  compact?: boolean;
  wide?: boolean;
  className?: string;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ look = 'plain', compact, wide, className, ...rest }: Props) {
  return (
    <AriaButton
      {...rest}
      className={classes(styles.button, styles[look], compact && styles.compact, wide && styles.wide, className)}
    />
  );
}

// The look of a button for a link.
export const buttonLook = ({ icon }: { icon?: boolean }): string =>
  classes(styles.button, styles.quiet, icon && styles.icon);

// A button that shows only a picture needs a name.
export function IconButton({ label, className, ...rest }: Props & { label: string }) {
  return (
    <AriaButton {...rest} aria-label={label} className={classes(styles.button, styles.quiet, styles.icon, className)} />
  );
}
