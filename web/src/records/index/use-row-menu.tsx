// One menu for all rows. It stays until another row asks for it, since what was chosen in it may ask further.
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Id, ObjectDef, RecordData } from '../../api/types.ts';
import { moreWords } from '../../i18n/i18n.ts';

const RowMenu = lazy(async () => {
  const [room] = await Promise.all([import('./row-menu.tsx'), moreWords('record')]);
  return { default: room.RowMenu };
});

export type OpenRowMenu = (record: RecordData, anchor: HTMLElement) => void;

export function useRowMenu(object: ObjectDef): { open: OpenRowMenu; menu: ReactNode } {
  const [asked, setAsked] = useState<{ id: Id; anchor: HTMLElement; time: number } | null>(null);
  const open: OpenRowMenu = (record, anchor) => setAsked({ id: record.id, anchor, time: (asked?.time ?? 0) + 1 });
  const menu = asked ? (
    <Suspense fallback={null}>
      <RowMenu key={asked.time} object={object} id={asked.id} anchor={asked.anchor} />
    </Suspense>
  ) : null;
  return { open, menu };
}
