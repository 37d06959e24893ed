import type { ReactNode } from 'react';
import type { RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import { RowCheckbox } from '../../ui/field/row-checkbox.tsx';
import { RecordLink } from '../record-link.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { rightAligned, valueText } from '../fields/value-text.ts';
import type { Column } from './columns.ts';
import styles from './grid.module.css';
import type { OpenRowMenu } from './use-row-menu.tsx';

type Props = {
  id: string;
  plural: string;
  index: number;
  top: number;
  width: number;
  record: RecordData | undefined;
  columns: Column[];
  activeColumn: number;
  selected: boolean;
  selectable: boolean;
  editor: ReactNode;
  onToggle: (record: RecordData, range: boolean) => void;
  onPoint: (column: number) => void;
  onEdit: (column: number) => void;
  onMenu: OpenRowMenu;
};

export const check_width = 44;
export const cellStyle = (column: Column) => ({ width: column.width, flexGrow: column.grows ? 1 : 0 });

export function GridRow(props: Props) {
  const { record, columns, index } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selectable ? props.selected : undefined}
      className={classes(styles.row, props.selected && styles.selected)}
      style={{ top: props.top, width: props.width }}
    >
      <div
        role="gridcell"
        className={classes(styles.cell, styles.check)}
        style={{ width: check_width }}
        onClickCapture={(event) => {
          if (!event.shiftKey || !record) return;
          event.stopPropagation();
          event.preventDefault();
          props.onToggle(record, true);
        }}
      >
        {record && props.selectable ? (
          <RowCheckbox
            label={t('records.select')}
            isSelected={props.selected}
            onChange={() => props.onToggle(record, false)}
          />
        ) : null}
      </div>
      {columns.map((column, at) => {
        const active = at === props.activeColumn;
        const editing = active && props.editor;
        return (
          <div
            key={column.path}
            id={`${props.id}-${index}-${at}`}
            role="gridcell"
            aria-readonly={!column.editable}
            className={classes(
              styles.cell,
              at === 0 && styles.first,
              rightAligned(column.field) && styles.right,
              active && styles.active,
              editing ? styles.editing : null,
            )}
            style={cellStyle(column)}
            onPointerDown={() => props.onPoint(at)}
            onDoubleClick={() => props.onEdit(at)}
          >
            {editing ? (
              props.editor
            ) : record ? (
              <CellValue column={column} record={record} first={at === 0} plural={props.plural} onMenu={props.onMenu} />
            ) : (
              <span className={styles.bone} />
            )}
          </div>
        );
      })}
    </div>
  );
}

type ValueProps = { column: Column; record: RecordData; first: boolean; plural: string; onMenu: OpenRowMenu };

function CellValue({ column, record, first, plural, onMenu }: ValueProps) {
  const value = record[column.path];
  if (!first) return <FieldValue field={column.field} value={value} />;
  const name = valueText(column.field, value) || t('records.no_name');
  return <RecordLink plural={plural} id={record.id} name={name} onMenu={(button) => onMenu(record, button)} />;
}
