// What the whole board comes to, how it is reckoned, and how much of it stalls – which is a filter.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';
import type { Board } from '../../api/board.ts';
import { fieldOf } from '../../api/describe.ts';
import { askQuery } from '../../api/query.ts';
import type { ObjectDef } from '../../api/types.ts';
import { count, moneyShort, share } from '../../i18n/format.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { both } from '../../lib/formula.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Popover } from '../../ui/popover/popover.tsx';
import styles from './board.module.css';
import { showsStalled, stalled_clause } from './board-model.ts';

type Props = { object: ObjectDef; board: Board; filter: string; q: string; onStalled: () => void };

export function Totals({ object, board, filter, q, onStalled }: Props) {
  const { total } = board;
  const shows = showsStalled(filter);
  const stalls = fieldOf(object, 'stalled_since') !== undefined;
  const where = both(board.open, stalled_clause);
  const counted = useQuery({
    ...askQuery<{ n: number }>({ from: object.plural, where, q: q || undefined, measures: { n: 'count()' } }, [
      object.name,
    ]),
    enabled: stalls && !shows,
    placeholderData: keepPreviousData,
  });
  const stalled = shows ? total.count : counted.data?.rows[0]?.n;
  return (
    <div className={styles.totals} aria-live="polite">
      <span>{t('board.total', { count: count(total.count) })}</span>
      {total.amount ? (
        <>
          <span>{t('board.total_sum', { amount: moneyShort(total.amount) })}</span>
          <span>{t('board.total_weighted', { amount: moneyShort(total.weighted_amount) })}</span>
          <Reckoning board={board} />
        </>
      ) : null}
      {stalls && (shows || stalled) ? (
        <button
          type="button"
          aria-pressed={shows}
          className={classes(styles.stalled, shows && styles.pressed)}
          onClick={onStalled}
        >
          {t('board.stalled', { count: count(stalled ?? 0) })}
        </button>
      ) : null}
    </div>
  );
}

function Reckoning({ board }: { board: Board }) {
  return (
    <Popover
      label={t('board.reckoning')}
      trigger={
        <IconButton label={t('board.reckoning')} compact>
          <Info size={14} aria-hidden="true" />
        </IconButton>
      }
    >
      <div className={styles.reckoning}>
        <h2>{t('board.reckoning')}</h2>
        <p>{t('board.reckoning_sum')}</p>
        <p>{t('board.reckoning_weighted')}</p>
        <dl>
          {board.columns.map((column) => (
            <div key={column.key}>
              <dt>{pick(column.label)}</dt>
              <dd>{column.win_share === null ? '–' : share(column.win_share)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Popover>
  );
}
