import { ProgressBar } from 'react-aria-components/ProgressBar';
import { classes } from '../classes.ts';
import styles from './progress.module.css';

// `value` is a share; null says that nobody knows how much there is.
export function Progress({ label, value }: { label: string; value: number | null }) {
  return (
    <ProgressBar aria-label={label} value={(value ?? 0) * 100} isIndeterminate={value === null} className={styles.bar}>
      {({ percentage, isIndeterminate }) => (
        <div
          className={classes(styles.fill, isIndeterminate && styles.unknown)}
          style={isIndeterminate ? undefined : { width: `${percentage ?? 0}%` }}
        />
      )}
    </ProgressBar>
  );
}
