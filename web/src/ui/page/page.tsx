import { type ReactNode, useEffect } from 'react';
import { setPageTitle } from '../../lib/title.ts';
import styles from './page.module.css';

// The frame of every page: one line with the title (the only h1) and its actions, then the content.
export function Page({
  title,
  name = typeof title === 'string' ? title : '',
  beside,
  actions,
  children,
  flush,
}: {
  title: ReactNode;
  // What the tab is called; the title, where that is words.
  name?: string;
  beside?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  // The content brings its own scrolling and padding.
  flush?: boolean;
}) {
  useEffect(() => setPageTitle(name), [name]);
  return (
    <main className={styles.page} id="main">
      <header className={styles.head}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.beside}>{beside}</div>
        <div className={styles.actions}>{actions}</div>
      </header>
      {flush ? children : <div className={styles.body}>{children}</div>}
    </main>
  );
}
