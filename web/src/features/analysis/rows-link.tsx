// A number that opens its rows in the list, in the list's own address.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './funnel.module.css';

type Props = { open: string; children: ReactNode; plain?: boolean; label?: string };

export function RowsLink({ open, children, plain, label }: Props) {
  return (
    <Link to="/deals" search={open ? { f: open } : {}} className={plain ? styles.plain : undefined} aria-label={label}>
      {children}
    </Link>
  );
}

// A column of such numbers.
export const linked =
  <Row,>(open: (row: Row) => string, said: (row: Row) => string) =>
  (row: Row) => <RowsLink open={open(row)}>{said(row)}</RowsLink>;
