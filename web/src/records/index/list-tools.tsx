// What stands right of a list's title: which columns, and the way out as a file.
import type { ObjectDef } from '../../api/types.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { ExportMenu } from './export-menu.tsx';
import type { ViewState } from './view-state.ts';

type Props = { object: ObjectDef; state: ViewState; columns: string[]; onColumns: (columns: string[]) => void };

export function ListTools({ object, state, columns, onColumns }: Props) {
  return (
    <>
      <ColumnChooser object={object} columns={state.columns} onChange={onColumns} />
      {object.rights.export ? (
        <ExportMenu object={object} filter={state.filter} q={state.q} sort={state.sort} columns={columns} />
      ) : null}
    </>
  );
}
