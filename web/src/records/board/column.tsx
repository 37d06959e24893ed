// One stage: its sums for the whole filter in the head, its cards below, virtual and read fifty at a time.
import { useInfiniteQuery } from '@tanstack/react-query';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Plus } from 'lucide-react';
import {
  type KeyboardEvent,
  type Ref,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { type BoardAsk, type BoardColumn, columnQuery } from '../../api/board.ts';
import type { Field, ObjectDef, RecordData } from '../../api/types.ts';
import { count, moneyShort } from '../../i18n/format.ts';
import { pick, t, within } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { classes } from '../../ui/classes.ts';
import styles from './board.module.css';
import { cardsOf, type Moved, tallyOf, type Verdict } from './board-model.ts';
import { Card, type DragRoom } from './card.tsx';
import { verdictText } from './verdict-text.ts';

export type ColumnHandle = { size: () => number; focus: (index: number) => void; focusCard: (id: string) => void };
type Props = {
  ref: Ref<ColumnHandle>;
  object: ObjectDef;
  column: BoardColumn;
  ask: BoardAsk;
  whom: Field | undefined;
  today: string;
  room: DragRoom | null;
  moved: Moved[];
  dragged: string | null;
  // While a card is in the air.
  verdict: Verdict | null;
  isOver: boolean;
  onMenu: (card: RecordData, button: HTMLElement) => void;
  onSide: (column: string, step: 1 | -1, index: number) => void;
  onNew?: (stage: string) => void;
};

const card_px = 106;
const gap_px = 8;
const beyond = 2;
const read_ahead = 12;

function useCards({ object, column, ask, moved }: Props) {
  const [isDeep, setDeep] = useState(false);
  const deep = useInfiniteQuery({ ...columnQuery(object.plural, column, ask), enabled: isDeep });
  const read = isDeep && deep.data ? deep.data.pages.flatMap((page) => page.data) : column.data;
  const cards = cardsOf(column.key, read, moved);
  const { fetchNextPage, hasNextPage, isFetching } = deep;
  const more = () => {
    if (!isDeep) {
      if (column.more) setDeep(true);
    } else if (hasNextPage && !isFetching) void fetchNextPage();
  };
  return { cards, more, read: read.length };
}

export function Column(props: Props) {
  const { ref, object, column, room, verdict } = props;
  const box = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { cards, more, read } = useCards(props);
  const [reachedId, setReached] = useState('');
  const [wanted, setWanted] = useState('');
  const reached = Math.max(
    0,
    cards.findIndex((card) => card.id === reachedId),
  );
  // Cards beyond what is in sight, drawn once that stands.
  const overscan = useDeferredValue(beyond, 0);
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => card_px,
    getItemKey: (index) => cards[index]?.id ?? index,
    gap: gap_px,
    paddingEnd: gap_px,
    overscan,
    // The first picture does not wait until the room is measured.
    initialRect: { width: 0, height: window.innerHeight },
    // What can have the focus, or is in the air, stays there.
    rangeExtractor: (range) => {
      const kept = [reached, cards.findIndex((card) => card.id === props.dragged)];
      const shown = new Set([...defaultRangeExtractor(range), ...kept.filter((at) => at >= 0 && at < cards.length)]);
      return [...shown].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const wantsMore = (items[items.length - 1]?.index ?? 0) >= read - read_ahead;
  useEffect(() => {
    if (wantsMore) more();
  });
  const { key } = column;
  useEffect(() => (room && box.current ? room.bindPlace(box.current, { stage: key }) : undefined), [room, key]);

  const focus = (index: number) => {
    const card = cards[Math.max(0, Math.min(cards.length - 1, index))];
    if (!card) return;
    setReached(card.id);
    setWanted(card.id);
    virtual.scrollToIndex(cards.indexOf(card));
  };
  useImperativeHandle(ref, () => ({
    size: () => cards.length,
    focus,
    focusCard: (id) => {
      setReached(id);
      setWanted(id);
    },
  }));
  // The card may have to be drawn before it can have the focus.
  const isDrawn = wanted !== '' && cards.some((card) => card.id === wanted);
  useEffect(() => {
    if (!isDrawn) return;
    scroller.current?.querySelector<HTMLElement>(`[data-card="${wanted}"]`)?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    setWanted('');
  }, [isDrawn, wanted]);

  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / (card_px + gap_px)));
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    const link = event.target instanceof HTMLElement ? event.target.closest('article') : null;
    const keys: { [key: string]: () => void } = {
      ArrowDown: () => focus(reached + 1),
      ArrowUp: () => focus(reached - 1),
      ArrowRight: () => props.onSide(key, 1, reached),
      ArrowLeft: () => props.onSide(key, -1, reached),
      Home: () => focus(0),
      End: () => focus(cards.length - 1),
      PageDown: () => focus(reached + page),
      PageUp: () => focus(reached - page),
      m: () => link?.querySelector<HTMLElement>('[aria-haspopup]')?.click(),
    };
    const run = link && keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  return (
    <section
      ref={box}
      aria-label={t('board.column', { stage: pick(column.label), count: count(column.count) })}
      data-stage={key}
      className={classes(styles.column, verdict && styles[verdict.kind], props.isOver && styles.over)}
    >
      <ColumnHead {...props} />
      <div ref={scroller} className={styles.scroller}>
        {cards.length === 0 ? <p className={styles.empty}>{t('board.column_empty')}</p> : null}
        <ul
          onKeyDown={onKey}
          onFocus={(event) => {
            const id = event.target.closest('[data-id]')?.getAttribute('data-id');
            if (id) setReached(id);
          }}
          style={{ height: virtual.getTotalSize() }}
          className={styles.cards}
        >
          {items.map((item) => {
            const card = cards[item.index];
            return card ? (
              <li
                key={card.id}
                ref={virtual.measureElement}
                data-index={item.index}
                data-id={card.id}
                aria-posinset={item.index + 1}
                aria-setsize={Math.max(column.count, cards.length)}
                className={styles.place}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Card
                  object={object}
                  card={card}
                  whom={props.whom}
                  stage={key}
                  today={props.today}
                  room={room}
                  reached={item.index === reached}
                  dragged={props.dragged === card.id}
                  underway={props.moved.some((one) => one.card.id === card.id && one.done_at === undefined)}
                  onMenu={props.onMenu}
                />
              </li>
            ) : null;
          })}
        </ul>
      </div>
    </section>
  );
}

function ColumnHead({ object, column, moved, verdict, isOver, onNew }: Props) {
  const tally = tallyOf(column, moved);
  const say = isOver && verdict ? verdictText(verdict) : '';
  const stage = pick(column.label);
  return (
    <header className={styles.head}>
      <div className={styles.headLine}>
        <h2 className={styles.stage} title={pick(column.goal)}>
          <span>{stage}</span> <span className={styles.count}>{count(tally.count)}</span>
        </h2>
        {onNew && column.begins ? (
          <IconButton
            label={t('board.new_in', { object: within(object.label), stage })}
            compact
            className={styles.new}
            onPress={() => onNew(column.key)}
          >
            <Plus size={15} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      {say ? (
        <p className={styles.say}>{say}</p>
      ) : tally.amount ? (
        <p className={styles.sums}>
          <span title={t('board.sum')}>{moneyShort(tally.amount)}</span>
          <span title={t('board.weighted')}>≈ {moneyShort(tally.weighted_amount)}</span>
        </p>
      ) : null}
    </header>
  );
}
