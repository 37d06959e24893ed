import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import styles from './field.module.css';
import { Star } from './text-input.tsx';

type Props = {
  label?: string;
  help?: string;
  error?: string;
  isRequired?: boolean;
  row?: boolean;
  children: ReactNode;
  'aria-label'?: string;
};

// Several inputs that make one field.
export function Group({ label, help, error, isRequired, row, children, ...rest }: Props) {
  const id = useId();
  return (
    <div
      role="group"
      aria-label={label ? undefined : rest['aria-label']}
      aria-labelledby={label ? id : undefined}
      className={styles.field}
    >
      {label ? (
        <span id={id} className={styles.label}>
          {label}
          {isRequired ? <Star /> : null}
        </span>
      ) : null}
      <div className={classes(styles.parts, row && styles.row)}>{children}</div>
      {error ? (
        <span className={styles.error}>{error}</span>
      ) : help ? (
        <span className={styles.help}>{help}</span>
      ) : null}
    </div>
  );
}
