// Who and what the closed deals came from: bars of the largest, a table of all.
import { useNavigate } from '@tanstack/react-router';
import { count, money, moneyShort, share } from '../../i18n/format.ts';
import { t, within } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { Chart } from '../../ui/chart/chart.tsx';
import { Table } from '../../ui/table/table.tsx';
import { Tabs } from '../../ui/tabs/tabs.tsx';
import { TooFew } from './figures.tsx';
import {
  barsOf,
  enough,
  type FunnelAnswer,
  type FunnelRow,
  lostOf,
  type Side,
  showsMoney,
  sides,
  wonOf,
} from './funnel-model.ts';
import { rowName, rowsOption } from './funnel-options.ts';
import styles from './funnel.module.css';
import { linked, RowsLink } from './rows-link.tsx';

type Props = { answer: FunnelAnswer; side: Side; onSide: (side: Side) => void };

export function Breakdown({ answer, side, onSide }: Props) {
  const rows = answer.by[side];
  return (
    <section className={styles.panel}>
      <h2>{t('funnel.breakdown')}</h2>
      <Tabs
        label={t('funnel.breakdown')}
        value={side}
        onChange={(key) => onSide(key as Side)}
        tabs={sides.map((key) => ({ key, label: t(`funnel.by.${key}`) }))}
      >
        {rows.length === 0 ? (
          <p className={styles.about}>{t('funnel.breakdown_empty')}</p>
        ) : (
          <div key={side} className={styles.breakdown}>
            <Bars rows={rows} side={side} />
            <EndsTable rows={rows} side={side} />
          </div>
        )}
      </Tabs>
    </section>
  );
}

function Bars({ rows, side }: { rows: FunnelRow[]; side: Side }) {
  const navigate = useNavigate();
  const phone = usePhone();
  const bars = barsOf(rows, side);
  const best = [...barsOf(rows, side)].sort(
    (a, b) => Number(b.value?.amount ?? b.won) - Number(a.value?.amount ?? a.won),
  )[0];
  if (!best) return <p className={styles.about}>{t('funnel.breakdown_unwon')}</p>;
  const by = t(`funnel.by.${side}`);
  const title = showsMoney(rows) ? t('funnel.value_by', { by: within(by) }) : t('funnel.won_by', { by: within(by) });
  return (
    <Chart
      title={title}
      summary={t('funnel.best', {
        name: rowName(best, side),
        size: best.value ? moneyShort(best.value) : count(best.won),
        shown: count(bars.length),
        of: count(rows.length),
      })}
      height={side === 'month' ? 260 : bars.length * 30 + 12}
      option={(palette) => rowsOption(bars, side, palette, phone)}
      onPress={(name) => {
        const row = bars.find((one) => rowName(one, side) === name);
        if (row) void navigate({ to: '/deals', search: { f: wonOf(row) } });
      }}
    />
  );
}

function shareCell(row: FunnelRow) {
  const closed = row.won + row.lost;
  return enough(closed) ? <RowsLink open={row.open}>{share(row.win_share, 1)}</RowsLink> : <TooFew n={closed} />;
}

function EndsTable({ rows, side }: { rows: FunnelRow[]; side: Side }) {
  const by = t(`funnel.by.${side}`);
  return (
    <Table
      onPhone="table"
      label={t('funnel.table_by', { by: within(by) })}
      rows={rows}
      rowKey={(row) => row.key}
      columns={[
        { key: 'name', head: by, names: true, cell: (row) => rowName(row, side) },
        {
          key: 'won',
          head: t('funnel.won'),
          number: true,
          cell: linked(wonOf, (row: FunnelRow) => count(row.won)),
        },
        {
          key: 'lost',
          head: t('funnel.lost'),
          number: true,
          cell: linked(lostOf, (row: FunnelRow) => count(row.lost)),
        },
        ...(showsMoney(rows)
          ? [
              {
                key: 'value',
                head: t('funnel.won_value'),
                number: true,
                cell: linked(wonOf, (row: FunnelRow) => money(row.value, 0)),
              },
            ]
          : []),
        {
          key: 'share',
          head: t('funnel.win_share'),
          number: true,
          cell: shareCell,
        },
      ]}
    />
  );
}
