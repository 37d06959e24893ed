import { classes } from '../classes.ts';
import styles from './keys.module.css';

// Key caps: [['⌘', 'K']] are pressed together, [['G'], ['D']] one after another. `always`: on a touch screen, too.
export function Keys({ caps, always }: { caps: string[][]; always?: boolean }) {
  return (
    <span className={classes(styles.keys, !always && styles.beside)}>
      {caps.flatMap((combo, at) =>
        combo.map((cap, place) => (
          <kbd key={`${at}-${place}`} className={styles.cap}>
            {cap}
          </kbd>
        )),
      )}
    </span>
  );
}
