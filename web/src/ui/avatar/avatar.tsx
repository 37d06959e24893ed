import { classes } from '../classes.ts';
import styles from './avatar.module.css';

// A person in a circle: the first sign of the name, the whole name on hover and for a screen reader.
export function Avatar({ name, className }: { name: string; className?: string }) {
  return (
    <span className={classes(styles.avatar, className)} title={name}>
      <span aria-hidden="true">{name.trim().slice(0, 1).toUpperCase()}</span>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
