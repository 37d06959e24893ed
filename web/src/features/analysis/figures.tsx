// The figures over the funnel. Each states its basis and opens its rows; a figure of too few records says so instead.
import type { ReactNode } from 'react';
import { count, moneyShort, money, share } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { closedOpen, datedOpen, enough, type FunnelAnswer, undatedWins } from './funnel-model.ts';
import styles from './funnel.module.css';
import { RowsLink } from './rows-link.tsx';

type Props = { label: string; value: ReactNode; open?: string; children?: ReactNode; title?: string };

function Figure({ label, value, open, children, title }: Props) {
  return (
    <div className={styles.figure}>
      <dt>{label}</dt>
      <dd className={styles.value} title={title}>
        {open === undefined ? (
          value
        ) : (
          <RowsLink open={open} plain>
            {value}
          </RowsLink>
        )}
      </dd>
      <dd className={styles.basis}>{children}</dd>
    </div>
  );
}

export function TooFew({ n }: { n: number }) {
  return <span className={styles.few}>{t('funnel.too_few', { n: count(n) })}</span>;
}

const days = (value: number | null): string => (value === null ? '' : String(Math.round(value * 10) / 10));

export function Figures({ answer }: { answer: FunnelAnswer }) {
  const { won, lost, open, cycle_days: cycle } = answer;
  const closed = won.n + lost.n;
  return (
    <dl className={styles.figures}>
      <Figure
        label={t('funnel.won_value')}
        value={won.value ? moneyShort(won.value) : t('funnel.no_amount')}
        open={won.open}
        title={won.value ? money(won.value) : undefined}
      >
        {won.value ? money(won.value) : t('funnel.no_amount_help')}
      </Figure>
      <Figure label={t('funnel.won')} value={count(won.n)} open={won.open}>
        {t('funnel.basis_closed')}
      </Figure>
      <Figure label={t('funnel.lost')} value={count(lost.n)} open={lost.open}>
        {t('funnel.basis_closed')}
      </Figure>
      <Figure
        label={t('funnel.win_share')}
        value={enough(closed) ? share(answer.win_share, 1) : <TooFew n={closed} />}
        open={closedOpen(answer)}
      >
        {t('funnel.win_share_basis', { won: count(won.n), closed: count(closed) })}
      </Figure>
      <Figure
        label={t('funnel.cycle')}
        value={enough(cycle.n) ? t('funnel.days', { days: days(cycle.median) }) : <TooFew n={cycle.n} />}
        open={datedOpen(answer)}
      >
        {enough(cycle.n) ? t('funnel.cycle_basis', { p90: days(cycle.p90), n: count(cycle.n) }) : null}
        {cycle.without_dates > 0 ? (
          <span className={styles.apart}>
            <RowsLink open={undatedWins(answer)}>
              {t('funnel.without_dates', { n: count(cycle.without_dates) })}
            </RowsLink>
          </span>
        ) : null}
      </Figure>
      <Figure label={t('funnel.open')} value={count(open.n)} open={open.open}>
        {open.value ? t('funnel.open_basis', { value: money(open.value, 0) }) : null}
      </Figure>
    </dl>
  );
}
