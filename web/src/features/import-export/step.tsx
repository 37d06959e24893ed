import { type ReactNode, useId } from 'react';
import styles from './import.module.css';

type Props = { number?: number; title: string; tools?: ReactNode; children: ReactNode };

export function Step({ number, title, tools, children }: Props) {
  const id = useId();
  return (
    <section className={styles.step} aria-labelledby={id}>
      <header className={styles.stepHead}>
        {number ? (
          <span className={styles.number} aria-hidden="true">
            {number}
          </span>
        ) : null}
        <h2 id={id}>{title}</h2>
        <span className={styles.push} />
        {tools}
      </header>
      {children}
    </section>
  );
}
