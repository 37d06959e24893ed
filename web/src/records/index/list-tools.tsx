// What stands right of a list's title: which columns, how it is drawn, and the way out as a file.
import type { ObjectDef } from '../../api/types.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { ExportMenu } from './export-menu.tsx';
import { ListSettings } from './list-settings.tsx';
import type { ViewState } from './view-state.ts';

type Props = {
  object: ObjectDef;
  state: ViewState;
  columns: string[];
  onChange: (next: Partial<ViewState>) => void;
};

export function ListTools({ object, state, columns, onChange }: Props) {
  return (
    <>
      <ColumnChooser object={object} columns={state.columns} onChange={(next) => onChange({ columns: next })} />
      <ListSettings object={object} state={state} onChange={onChange} />
      {object.rights.export ? (
        <ExportMenu object={object} filter={state.filter} q={state.q} sort={state.sort} columns={columns} />
      ) : null}
    </>
  );
}
