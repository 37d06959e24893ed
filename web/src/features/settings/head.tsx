import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './settings.module.css';

// The head of a section or of a page below it.
export function Head(props: {
  title: ReactNode;
  help?: string;
  actions?: ReactNode;
  back?: { to: string; label: string };
}) {
  return (
    <header className={styles.head}>
      <div className={styles.headText}>
        {props.back ? (
          <Link to={props.back.to} className={styles.up}>
            <ChevronLeft size={14} aria-hidden="true" />
            {props.back.label}
          </Link>
        ) : null}
        <h2 className={styles.title}>{props.title}</h2>
        {props.help ? <p className={styles.help}>{props.help}</p> : null}
      </div>
      {props.actions ? <div className={styles.actions}>{props.actions}</div> : null}
    </header>
  );
}
