import { classes } from '../classes.ts';
import styles from './field.module.css';
import type { Option } from './select.tsx';

// The browser's own select, for tables that hold a hundred of them.
export function NativeSelect(props: {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (key: string) => void;
  isDisabled?: boolean;
  faint?: boolean;
}) {
  return (
    <select
      aria-label={props.label}
      className={classes(styles.input, styles.native, props.faint && styles.faint)}
      value={props.value}
      disabled={props.isDisabled}
      onChange={(event) => props.onChange(event.target.value)}
    >
      {props.options.map((option) => (
        <option key={option.key} value={option.key}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
