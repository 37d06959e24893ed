// Where a card is dropped that came to its end: at the right edge, only while one is in the air.
import { Ban, Trophy } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Verb } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import styles from './board.module.css';
import type { DragRoom } from './card.tsx';

export function Zones({ ends, over, room }: { ends: Verb[]; over: string | undefined; room: DragRoom | null }) {
  return (
    <div className={styles.zones}>
      {ends.map((verb) => (
        <Zone key={verb.name} verb={verb} isOver={over === verb.name} room={room} />
      ))}
    </div>
  );
}

function Zone({ verb, isOver, room }: { verb: Verb; isOver: boolean; room: DragRoom | null }) {
  const box = useRef<HTMLDivElement>(null);
  const { name } = verb;
  useEffect(() => (room && box.current ? room.bindPlace(box.current, { verb: name }) : undefined), [room, name]);
  const Shape = verb.tone === 'good' ? Trophy : Ban;
  return (
    <div
      ref={box}
      data-zone={name}
      className={classes(styles.zone, styles[verb.tone ?? 'plain'], isOver && styles.over)}
    >
      <Shape size={18} aria-hidden="true" />
      {pick(verb.label)}
    </div>
  );
}
