// A plain table of few rows, with a name. On a telephone its rows are lines, as those of every list; one that is read down its columns
// stays a table there and scrolls by itself, also by keyboard.
import type { ReactNode } from 'react';
import { usePhone } from '../../lib/media.ts';
import { classes } from '../classes.ts';
import styles from './table.module.css';

export type TableColumn<Row> = {
  key: string;
  head: ReactNode;
  number?: boolean;
  // The cell that names its row.
  names?: boolean;
  // On a line: beside the name, or told without its head; below the name and behind its head otherwise.
  onLine?: 'beside' | 'bare';
  cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  label: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowClass?: (row: Row) => string | undefined;
  onPhone?: 'lines' | 'table';
};

export function Table<Row>({ onPhone = 'lines', ...props }: Props<Row>) {
  return usePhone() && onPhone === 'lines' ? <Lines {...props} /> : <Grid {...props} />;
}

function Grid<Row>({ label, columns, rows, rowKey, rowClass }: Props<Row>) {
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

function Lines<Row>({ label, columns, rows, rowKey, rowClass }: Props<Row>) {
  const name = columns.find((column) => column.names);
  const beside = columns.filter((column) => column.onLine === 'beside');
  const below = columns.filter((column) => column !== name && column.onLine !== 'beside');
  return (
    <ul className={styles.lines} aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes(styles.line, rowClass?.(row))}>
          <div className={styles.lineName}>{name?.cell(row)}</div>
          {beside.length > 0 ? (
            <div className={styles.beside}>
              {beside.map((column) => (
                <span key={column.key}>{column.cell(row)}</span>
              ))}
            </div>
          ) : null}
          <dl className={styles.details}>
            {below.map((column) => (
              <Detail key={column.key} column={column} said={column.cell(row)} />
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

// What says that there is nothing fills a cell, and would only lengthen a line.
const isNothing = (said: ReactNode) => said === null || said === undefined || said === '' || said === '–';

function Detail<Row>({ column, said }: { column: TableColumn<Row>; said: ReactNode }) {
  if (isNothing(said)) return null;
  return (
    <div>
      <dt className={classes(column.onLine === 'bare' && 'visually-hidden')}>{column.head}</dt>
      <dd>{said}</dd>
    </div>
  );
}
