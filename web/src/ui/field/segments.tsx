import { useId } from 'react';
import styles from './segments.module.css';

export type Segment = { key: string; label: string };

// One of a few, all in sight: radio buttons in a row, with the keys of radio buttons.
export function Segments(props: { label: string; options: Segment[]; value: string; onChange: (key: string) => void }) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={props.label} className={styles.row}>
      {props.options.map((one) => (
        <label key={one.key} className={styles.segment}>
          <input
            type="radio"
            name={name}
            value={one.key}
            checked={one.key === props.value}
            onChange={() => props.onChange(one.key)}
            className={styles.input}
          />
          <span className={styles.face}>{one.label}</span>
        </label>
      ))}
    </div>
  );
}
