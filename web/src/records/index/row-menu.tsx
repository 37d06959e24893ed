// The menu of a row: what can be done with its record there is what can be done on its page. Both the record and its gate are read
// when it is asked for.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { entryOf } from '../../actions/action-menu.tsx';
import { processQuery, recordQuery } from '../../api/records.ts';
import type { Id, ObjectDef, ProcessState, RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { MenuAt } from '../../ui/menu/menu.tsx';
import { nameOf } from '../fields/record-name.ts';
import { usePeekAction } from '../peek-action.ts';
import { useRecordActions } from '../show/record-actions.tsx';

type Props = { object: ObjectDef; id: Id; anchor: HTMLElement };

export function RowMenu({ object, id, anchor }: Props) {
  const record = useQuery(recordQuery(object.plural, id)).data;
  const process = useQuery({ ...processQuery(object.plural, id), enabled: object.staged });
  if (!record || (object.staged && process.isPending)) return null;
  return <OpenMenu object={object} record={record} process={process.data} anchor={anchor} />;
}

type OpenProps = { object: ObjectDef; record: RecordData; process: ProcessState | undefined; anchor: HTMLElement };

function OpenMenu({ object, record, process, anchor }: OpenProps) {
  const [isOpen, setOpen] = useState(true);
  const look = usePeekAction(object.plural, record.id, anchor);
  const actions = useRecordActions({ object, record, process, place: 'row', onGone: () => {} });
  return (
    <>
      {isOpen ? (
        <MenuAt
          label={t('records.menu_of', { name: nameOf(object, record) || t('records.no_name') })}
          anchor={anchor}
          onClose={() => setOpen(false)}
          groups={[
            { key: 'look', entries: [entryOf(look)] },
            { key: 'first', entries: actions.first.map(entryOf) },
            { key: 'menu', entries: actions.menu.map(entryOf) },
          ].filter((group) => group.entries.length > 0)}
        />
      ) : null}
      {actions.dialog}
    </>
  );
}
