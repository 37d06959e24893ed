import { Check } from 'lucide-react';
import styles from './field.module.css';

type Props = { label: string; isSelected: boolean; onChange: () => void };

// A checkbox out of the way of Tab, for a grid whose keys do what it does: light enough for each of its rows.
export function RowCheckbox({ label, isSelected, onChange }: Props) {
  return (
    <label className={styles.checkbox} data-selected={isSelected || undefined}>
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={label}
        className={styles.unseen}
        checked={isSelected}
        onChange={onChange}
      />
      <span className={styles.box} aria-hidden="true">
        {isSelected ? <Check size={12} strokeWidth={3} /> : null}
      </span>
    </label>
  );
}
