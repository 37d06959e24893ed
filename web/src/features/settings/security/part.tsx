import { type ReactNode, useId } from 'react';
import styles from './security.module.css';

// A part of the section: what it is for, what is so, what can be done.
export function Part(props: { title: ReactNode; help: string; deed?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.part}>
      <header className={styles.head}>
        <h3 id={id}>{props.title}</h3>
        {props.deed}
        <p className={styles.help}>{props.help}</p>
      </header>
      {props.children}
    </section>
  );
}
