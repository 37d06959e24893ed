// The same rows on a phone: two lines each, the whole row is the link.
import { useState } from 'react';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { FieldValue } from '../fields/field-value.tsx';
import { valueText } from '../fields/value-text.ts';
import { PlainLink } from '../plain-link.tsx';
import type { Column } from './columns.ts';
import styles from './phone-rows.module.css';
import type { ListOf } from './use-list.ts';
import { type Asked, usePages } from './use-pages.ts';
import { useScroll } from './use-scroll.ts';

type Props = { name: string; label: string; columns: Column[]; list: ListOf; asked: Asked };

const row_height = 64;

export function PhoneRows({ name, label, columns, list, asked }: Props) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const { lines } = list;
  const scroll = useScroll(scroller, name, lines.count, row_height, 0);
  const pages = usePages(asked, lines, scroll.first, scroll.last);
  const [first, ...others] = columns;
  const figure = others.find((column) => column.field.type === 'money');
  const details = others.filter((column) => column !== figure).slice(0, 3);
  const rows = Array.from({ length: Math.max(0, scroll.last - scroll.first + 1) }, (_, at) => scroll.first + at);
  return (
    <div
      ref={setScroller}
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-busy={pages.isFetching}
      className={styles.list}
    >
      <ul style={{ height: scroll.height }} className={styles.rows}>
        {rows.map((row) => {
          const line = lines.at(row);
          const head = line && line.row < 0 ? list.heads[line.part] : undefined;
          const record = pages.at(line);
          return (
            <li key={row} className={styles.item} style={{ top: scroll.topOf(row) }}>
              {head ? (
                <button
                  type="button"
                  className={styles.group}
                  aria-expanded={!!lines.parts[line?.part ?? 0]?.open}
                  disabled={!head.canOpen}
                  onClick={() => list.toggle(head.key)}
                >
                  {head.name} <span>{count(head.row.n)}</span>
                </button>
              ) : record && first ? (
                <PlainLink to={`/${asked.plural}/${record.id}`} className={styles.link}>
                  <span className={styles.line}>
                    <span className={styles.name}>
                      {valueText(first.field, record[first.path]) || t('records.no_name')}
                    </span>
                    {figure ? (
                      <span className={styles.figure}>{valueText(figure.field, record[figure.path])}</span>
                    ) : null}
                  </span>
                  <span className={styles.details}>
                    {details.map(({ field, path }) =>
                      valueText(field, record[path]) ? (
                        <span key={path}>
                          <FieldValue field={field} value={record[path]} links={false} />
                        </span>
                      ) : null,
                    )}
                  </span>
                </PlainLink>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
