// One record on the board, at most four lines: name; whom; money and how long it stalls; the next step and its owner.
import { Ellipsis } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import type { Field, Money, ObjectDef, RecordData } from '../../api/types.ts';
import { daysBetween, moneyShort } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Avatar } from '../../ui/avatar/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { Tag } from '../../ui/tag/tag.tsx';
import { nameOf } from '../fields/record-name.ts';
import { valueText } from '../fields/value-text.ts';
import { PlainLink } from '../plain-link.tsx';
import styles from './card.module.css';

export type DragRoom = typeof import('./drag.ts');
type Props = {
  object: ObjectDef;
  card: RecordData;
  whom: Field | undefined;
  stage: string;
  today: string;
  room: DragRoom | null;
  // Within its column one card is reached by Tab, the others by arrows.
  reached: boolean;
  dragged: boolean;
  underway: boolean;
  onMenu: (card: RecordData, button: HTMLElement) => void;
};

export const Card = memo(function Card(props: Props) {
  const { object, card, whom, stage, today, room, reached } = props;
  const box = useRef<HTMLElement>(null);
  useEffect(
    () => (room && box.current ? room.bindCard(box.current, { card, from: stage }) : undefined),
    [room, card, stage],
  );
  const name = nameOf(object, card);
  const who = whom ? valueText(whom, card[whom.name]) : '';
  return (
    <article
      ref={box}
      className={classes(styles.card, props.dragged && styles.dragged, props.underway && styles.underway)}
    >
      <div className={styles.line}>
        <PlainLink
          to={`/${object.plural}/${card.id}`}
          draggable={false}
          tabIndex={reached ? 0 : -1}
          data-card={card.id}
          className={styles.name}
          title={name}
        >
          {name}
        </PlainLink>
        <button
          type="button"
          tabIndex={reached ? 0 : -1}
          aria-haspopup="menu"
          aria-label={t('records.menu_of', { name })}
          className={styles.more}
          onClick={(event) => props.onMenu(card, event.currentTarget)}
        >
          <Ellipsis size={15} aria-hidden="true" />
        </button>
      </div>
      {who ? (
        <div className={styles.whom} title={who}>
          {who}
        </div>
      ) : null}
      <Worth card={card} today={today} />
      <div className={styles.line}>
        <NextStep card={card} today={today} />
        {card.owner ? <Avatar name={card.owner.name} /> : null}
      </div>
    </article>
  );
});

function Worth({ card, today }: { card: RecordData; today: string }) {
  const since = typeof card.stalled_since === 'string' && card.stalled_since <= today ? card.stalled_since : null;
  const amount = card.amount as Money | string | null | undefined;
  if (!since && !amount) return null;
  return (
    <div className={styles.line}>
      <span className={styles.amount}>{typeof amount === 'string' ? amount : moneyShort(amount)}</span>
      {since ? <Tag tone="bad">{t('records.stalled', { days: daysBetween(since, today) + 1 })}</Tag> : null}
    </div>
  );
}

function NextStep({ card, today }: { card: RecordData; today: string }) {
  const step = typeof card.next_step === 'string' ? card.next_step : '';
  const on = typeof card.next_step_on === 'string' ? card.next_step_on : '';
  if (!step && !on) return <span className={classes(styles.step, styles.none)}>{t('board.no_step')}</span>;
  const late = on !== '' && on < today;
  const when = late
    ? t('board.step_late', { days: daysBetween(on, today) })
    : on === today
      ? t('board.step_today')
      : on.slice(5);
  const text = [when, step].filter(Boolean).join(' ');
  return (
    <span className={classes(styles.step, late && styles.late)} title={text}>
      {text}
    </span>
  );
}
