import { Search } from 'lucide-react';
import type { Ref } from 'react';
import { classes } from '../classes.ts';
import styles from './field.module.css';

type Props = {
  label: string;
  value: string;
  onChange: (text: string) => void;
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
};

export function SearchInput({ label, value, onChange, placeholder, inputRef, className }: Props) {
  return (
    <div className={classes(styles.search, className)}>
      <Search size={15} aria-hidden="true" />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={styles.input}
      />
    </div>
  );
}
