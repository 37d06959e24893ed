import { type ReactNode, useId } from 'react';
import styles from './import.module.css';

type Props = { title: string; tools?: ReactNode; children: ReactNode };

export function Step({ title, tools, children }: Props) {
  const id = useId();
  return (
    <section className={styles.step} aria-labelledby={id}>
      <header className={styles.stepHead}>
        <h2 id={id}>{title}</h2>
        <span className={styles.push} />
        {tools}
      </header>
      {children}
    </section>
  );
}
