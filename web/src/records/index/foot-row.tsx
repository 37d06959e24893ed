// What is added up under a list: each figure of the whole filter, not of the rows that were read. Press one to choose how.
import type { Field, Money, Value } from '../../api/types.ts';
import { moneyShort } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { Button } from '../../ui/button/button.tsx';
import { Menu } from '../../ui/menu/menu.tsx';
import { rightAligned, valueText } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import styles from './grid.module.css';
import { cellStyle, check_width } from './grid-row.tsx';
import { hasTotal, measureOf, type Summed, type TotalRow } from './groups.ts';
import { type TotalKind, totalKinds } from './view-state.ts';

type Props = {
  rowIndex: number;
  columns: Column[];
  width: number;
  summed: Summed[];
  totals: TotalRow | undefined;
  onTotal: (path: string, kind: TotalKind) => void;
};

// A sum is longer than what it adds up.
const shortText = (field: Field, value: Value): string =>
  field.type === 'money' ? moneyShort(value as Money) : valueText(field, value);

export function FootRow({ rowIndex, columns, width, summed, totals, onTotal }: Props) {
  return (
    <div role="row" aria-rowindex={rowIndex} className={classes(styles.row, styles.footRow)} style={{ width }}>
      <div role="gridcell" className={classes(styles.cell, styles.check)} style={{ width: check_width }} />
      {columns.map((column, at) => {
        const kind = summed.find((one) => one.path === column.path)?.kind ?? 'none';
        return (
          <div
            key={column.path}
            role="gridcell"
            className={classes(styles.cell, at === 0 && styles.first, rightAligned(column.field) && styles.right)}
            style={cellStyle(column)}
          >
            {at === 0 ? t('list.totals') : null}
            {hasTotal(column) ? (
              <Menu
                label={t('list.total_of', { field: column.label })}
                selected={[kind]}
                trigger={
                  <Button look="quiet" compact className={styles.total}>
                    {kind === 'none' ? (
                      <span className={styles.totalNone}>{t('list.total')}</span>
                    ) : (
                      <>
                        <span className={styles.totalKind}>{t(`list.total.${kind}`)}</span>
                        <span title={totals ? valueText(column.field, totals[measureOf(column.path)]) : undefined}>
                          {totals ? shortText(column.field, totals[measureOf(column.path)]) : '…'}
                        </span>
                      </>
                    )}
                  </Button>
                }
                groups={[
                  {
                    key: 'kind',
                    entries: totalKinds
                      .filter((one) => one !== 'sum' || column.field.type !== 'share')
                      .map((one) => ({
                        key: one,
                        label: t(`list.total.${one}`),
                        onAction: () => onTotal(column.path, one),
                      })),
                  },
                ]}
              />
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
