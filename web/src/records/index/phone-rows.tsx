// The same rows on a phone: two lines each, the whole row is the link.
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { t } from '../../i18n/i18n.ts';
import { FieldValue } from '../fields/field-value.tsx';
import { valueText } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import styles from './phone-rows.module.css';
import { type Rows, wantsMore } from './rows.ts';

type Props = { label: string; plural: string; columns: Column[]; rows: Rows; isFetching: boolean; onMore: () => void };

export function PhoneRows({ label, plural, columns, rows, isFetching, onMore }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => 64,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const more = !isFetching && wantsMore(rows, items[items.length - 1]?.index ?? 0);
  useEffect(() => {
    if (more) onMore();
  }, [more, onMore]);
  const [name, ...others] = columns;
  const figure = others.find((column) => column.field.type === 'money');
  const details = others.filter((column) => column !== figure).slice(0, 3);
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={label} className={styles.list}>
      <ul style={{ height: virtual.getTotalSize() }} className={styles.rows}>
        {items.map((item) => {
          const record = rows.at(item.index);
          return (
            <li key={item.key} className={styles.item} style={{ top: item.start }}>
              {record && name ? (
                <Link to="/$plural/$id" params={{ plural, id: record.id }} className={styles.link}>
                  <span className={styles.line}>
                    <span className={styles.name}>
                      {valueText(name.field, record[name.path]) || t('records.no_name')}
                    </span>
                    {figure ? (
                      <span className={styles.figure}>{valueText(figure.field, record[figure.path])}</span>
                    ) : null}
                  </span>
                  <span className={styles.details}>
                    {details.map((column) => (
                      <span key={column.path}>
                        <FieldValue field={column.field} value={record[column.path]} links={false} />
                      </span>
                    ))}
                  </span>
                </Link>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
