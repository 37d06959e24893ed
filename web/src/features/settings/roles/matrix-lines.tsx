// The matrix on a telephone: a line says the levels of an object in words and opens to what sets them.
import { t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { FieldRights } from './field-rights.tsx';
import { CellInput, cellsOf, isFaint, LikeOthers, limitsText, type MatrixRow, Toggle } from './matrix-cells.tsx';
import styles from './matrix-lines.module.css';

export function MatrixLines({ rows }: { rows: MatrixRow[] }) {
  return (
    <ul aria-label={t('settings.matrix')} className={styles.lines}>
      {rows.map((row) => (
        <ObjectLine key={row.name} row={row} />
      ))}
    </ul>
  );
}

function ObjectLine({ row }: { row: MatrixRow }) {
  const { object, rights, onChange, isOpen } = row;
  const cells = cellsOf(row);
  const limits = isOpen ? '' : limitsText(row);
  return (
    <li>
      <div className={styles.head}>
        <Toggle row={row} />
        <LikeOthers row={row} />
      </div>
      {isOpen ? (
        <ul className={styles.cells}>
          {cells.map((cell) => (
            <li key={cell.key}>
              <span>{cell.head}</span>
              <CellInput row={row} cell={cell} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes(styles.levels, isFaint(row) && styles.faint)}>
          {cells.map((cell) => (
            <span key={cell.key}>
              {cell.head} <b>{cell.options.find((option) => option.key === cell.value)?.label}</b>
            </span>
          ))}
        </p>
      )}
      {limits ? <p className={styles.limits}>{limits}</p> : null}
      {isOpen && object ? <FieldRights object={object} rights={rights} onChange={onChange} /> : null}
    </li>
  );
}
