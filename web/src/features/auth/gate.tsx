// The frame of the two pages before the shell.
import type { FormEvent, ReactNode } from 'react';
import { t } from '../../i18n/i18n.ts';
import styles from './gate.module.css';

export function Gate({ title, children, onSubmit }: { title: string; children: ReactNode; onSubmit?: () => void }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit?.();
  };
  return (
    <main className={styles.gate} id="main">
      <div className={styles.card}>
        <div className={styles.brand}>
          <img src="/icon.svg" alt="" width="40" height="40" />
          <div>
            <h1 className={styles.title}>{title}</h1>
            <p className={styles.slogan}>{t('auth.slogan')}</p>
          </div>
        </div>
        <form noValidate className={styles.form} onSubmit={submit}>
          {children}
        </form>
      </div>
    </main>
  );
}
