import { t } from '../../../i18n/i18n.ts';
import { FieldRights } from './field-rights.tsx';
import { CellInput, cellsOf, LikeOthers, limitsText, type MatrixRow, Toggle } from './matrix-cells.tsx';
import { actions } from './rights-model.ts';
import forms from '../forms.module.css';

export function MatrixGrid({ rows }: { rows: MatrixRow[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={forms.scroll} role="region" aria-label={t('settings.matrix')} tabIndex={0}>
      <table className={forms.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings.objects.name')}</th>
            {(['create', ...actions] as const).map((action) => (
              <th key={action} scope="col">
                {t(`settings.rights.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ObjectRows key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ObjectRows({ row }: { row: MatrixRow }) {
  const { object, rights, onChange, isOpen } = row;
  const limits = isOpen ? '' : limitsText(row);
  return (
    <>
      <tr>
        <th scope="row">
          <span className={forms.object}>
            {object ? <Toggle row={row} /> : <strong>{row.label}</strong>}
            <LikeOthers row={row} />
          </span>
        </th>
        {cellsOf(row).map((cell) => (
          <td key={cell.key}>
            <CellInput row={row} cell={cell} />
          </td>
        ))}
      </tr>
      {limits ? (
        <tr className={forms.limited}>
          <td colSpan={7}>{limits}</td>
        </tr>
      ) : null}
      {isOpen && object ? (
        <tr>
          <td colSpan={7}>
            <FieldRights object={object} rights={rights} onChange={onChange} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
