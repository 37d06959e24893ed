// The frame of each part of the page: what it is, how many, where all of them are, and how it was found.
import { CircleHelp } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { t } from '../../i18n/i18n.ts';
import { PlainLink } from '../../records/plain-link.tsx';
import { IconButton } from '../../ui/button/button.tsx';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './today.module.css';

export type Rows = { to: string; filter: string; sort?: string };

// A number, or words, that open their rows in the list.
export function RowsLink({
  rows,
  children,
  className,
  label,
}: {
  rows: Rows;
  children: ReactNode;
  className?: string;
  label?: string;
}) {
  return (
    <PlainLink
      to={rows.to}
      search={{ f: rows.filter, ...(rows.sort ? { sort: rows.sort } : {}) }}
      className={className}
      aria-label={label}
    >
      {children}
    </PlainLink>
  );
}

type Props = {
  title: string;
  count?: string;
  rows?: Rows;
  help?: ReactNode;
  children: ReactNode;
};

export function Panel({ title, count, rows, help, children }: Props) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <header className={styles.panelHead}>
        <h2 id={id}>{title}</h2>
        {count && rows ? (
          <RowsLink rows={rows} className={styles.count} label={t('today.open_rows', { title, count })}>
            {count}
          </RowsLink>
        ) : count ? (
          <span className={styles.count}>{count}</span>
        ) : null}
        {help ? (
          <Popover
            label={t('today.how', { title })}
            trigger={
              <IconButton label={t('today.how', { title })} className={styles.help}>
                <CircleHelp size={15} aria-hidden="true" />
              </IconButton>
            }
          >
            <div className={styles.helpText}>{help}</div>
          </Popover>
        ) : null}
      </header>
      {children}
    </section>
  );
}

// A part whose answer has not come.
export function Placeholder({ title, lines }: { title: string; lines: number }) {
  return (
    <Panel title={title}>
      <div aria-busy="true">
        <Skeleton lines={lines} />
      </div>
    </Panel>
  );
}

export const Nothing = ({ children }: { children: ReactNode }) => <p className={styles.nothing}>{children}</p>;

export const Refused = ({ say }: { say: string }) => <Notice tone="bad">{say}</Notice>;
