// A plain table of few rows, with a name; on a narrow screen it scrolls by itself, also by keyboard.
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './table.module.css';

export type TableColumn<Row> = {
  key: string;
  head: ReactNode;
  number?: boolean;
  // The cell that names its row.
  names?: boolean;
  cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string | undefined;
};

export function Table<Row>({ label, columns, rows, rowKey, rowClass }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classes(column.number && styles.number)}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={rowClass?.(row)}>
              {columns.map((column) =>
                column.names ? (
                  <th key={column.key} scope="row" className={styles.name}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={classes(column.number && styles.number)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
