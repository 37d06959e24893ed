// The columns side by side, and what happens between them: dragging, the zones of the ends, the card's menu, the keys.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Board as BoardData, BoardAsk } from '../../api/board.ts';
import { processQuery } from '../../api/records.ts';
import type { ObjectDef, RecordData, Verb } from '../../api/types.ts';
import { today } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import styles from './board.module.css';
import { cardFields, judge } from './board-model.ts';
import { Column, type ColumnHandle } from './column.tsx';
import type { Dragged } from './drag.ts';
import { useDragRoom } from './use-drag-room.ts';
import { useMoves } from './use-moves.tsx';
import { Zones } from './zones.tsx';

const CardMenu = lazy(() => import('./card-menu.tsx').then((room) => ({ default: room.CardMenu })));

type Props = {
  object: ObjectDef;
  board: BoardData;
  ask: BoardAsk;
  readAt: number;
  onNew?: (stage: string) => void;
};
type Over = { stage?: string; verb?: string };

// The verbs that end a record's way, told by their tone.
const endsOf = (object: ObjectDef): Verb[] =>
  object.verbs.filter((verb) => verb.tone === 'good' || verb.tone === 'bad');

export function Board({ object, board, ask, readAt, onNew }: Props) {
  const room = useDragRoom();
  const row = useRef<HTMLDivElement>(null);
  const handles = useRef(new Map<string, ColumnHandle>());
  const [drag, setDrag] = useState<Dragged | null>(null);
  const [over, setOver] = useState<Over>({});
  const [menu, setMenu] = useState<{ card: RecordData; from: string; button: HTMLElement } | null>(null);
  const { moved, move, end, dialog } = useMoves(object, board, readAt, (id, stage) =>
    handles.current.get(stage)?.focusCard(id),
  );
  const { whom } = cardFields(object);
  const day = today();
  const ends = endsOf(object);
  // What the gate ahead says of the card in the air.
  const way = useQuery({ ...processQuery(object.plural, drag?.card.id ?? ''), enabled: drag !== null });

  const drop = useEffectEvent(({ card, from }: Dragged, place: Over | null) => {
    setDrag(null);
    setOver({});
    const verb = ends.find((one) => one.name === place?.verb);
    if (verb) void end(card, verb);
    else if (place?.stage) void move(card, from, place.stage);
  });
  useEffect(() => {
    if (!room || !row.current) return;
    return room.bindBoard(row.current, {
      onStart: setDrag,
      onOver: (place) => setOver(place ?? {}),
      onEnd: (card, place) => drop(card, place),
    });
  }, [room]);

  const side = (from: string, step: 1 | -1, index: number) => {
    const keys = board.columns.map((column) => column.key);
    for (let at = keys.indexOf(from) + step; at >= 0 && at < keys.length; at += step) {
      const handle = handles.current.get(keys[at] ?? '');
      if (handle && handle.size() > 0) return handle.focus(index);
    }
  };
  const moveByMenu = async (card: RecordData, from: string, to: string) => {
    // The focus follows the card.
    const going = move(card, from, to);
    handles.current.get(to)?.focusCard(card.id);
    if (!(await going)) handles.current.get(to)?.focusCard('');
  };
  return (
    <div className={classes(styles.board, drag && styles.dragging)}>
      <div ref={row} className={styles.columns} role="group" aria-label={t('board.columns')}>
        {board.columns.map((column) => (
          <Column
            key={`${column.key} ${JSON.stringify(ask)}`}
            ref={(handle) => {
              if (handle) handles.current.set(column.key, handle);
              else handles.current.delete(column.key);
            }}
            object={object}
            column={column}
            ask={ask}
            whom={whom}
            today={day}
            room={room}
            moved={moved}
            dragged={drag?.card.id ?? null}
            verdict={drag ? judge(object, board, drag.from, column.key, way.data?.gate) : null}
            isOver={over.stage === column.key}
            onMenu={(card, button) => setMenu({ card, from: column.key, button })}
            onSide={side}
            onNew={onNew}
          />
        ))}
      </div>
      {drag ? <Zones ends={ends} over={over.verb} room={room} /> : null}
      {menu ? (
        <Suspense fallback={null}>
          <CardMenu
            object={object}
            board={board}
            {...menu}
            ends={ends}
            onMove={(to) => void moveByMenu(menu.card, menu.from, to)}
            onEnd={(verb) => void end(menu.card, verb)}
            onClose={() => setMenu(null)}
          />
        </Suspense>
      ) : null}
      {dialog}
    </div>
  );
}
