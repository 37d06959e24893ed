// A list whose order a person sets: by dragging the handle, or with the arrow keys on it.
import { GripVertical } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import styles from './order-list.module.css';

type Props<Item> = {
  label: string;
  items: Item[];
  keyOf: (item: Item) => string;
  // The name of a handle, with the place of its item.
  handle: (item: Item, at: number) => string;
  onMove: (from: number, to: number) => void;
  children: (item: Item, at: number) => ReactNode;
};

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const next = [...items];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export function OrderList<Item>({ label, items, keyOf, handle, onMove, children }: Props<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const held = useRef<string | null>(null);
  // What is moved in the document loses the focus; it gets it back.
  useLayoutEffect(() => {
    if (held.current === null) return;
    handleOf(list.current, held.current)?.focus();
    held.current = null;
  });
  const move = (key: string, to: number) => {
    const from = items.findIndex((item) => keyOf(item) === key);
    if (from < 0 || to < 0 || to >= items.length || to === from) return;
    held.current = key;
    onMove(from, to);
  };
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  const onKey = (event: KeyboardEvent, key: string, at: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    move(key, at + step);
  };
  const onPointerDown = (event: PointerEvent, key: string) => {
    if (event.button !== 0) return;
    const over = (now: globalThis.PointerEvent) => {
      const rows = [...(list.current?.children ?? [])];
      const to = rows.filter((row) => {
        const { top, height } = row.getBoundingClientRect();
        return now.clientY > top + height / 2;
      }).length;
      const at = rows.findIndex((row) => (row as HTMLElement).dataset.key === key);
      latest.current(key, to > at ? to - 1 : to);
    };
    const end = () => {
      window.removeEventListener('pointermove', over);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
    window.addEventListener('pointermove', over);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
  return (
    <ul ref={list} aria-label={label} className={styles.list}>
      {items.map((item, at) => {
        const key = keyOf(item);
        return (
          <li key={key} data-key={key} className={styles.row}>
            <button
              type="button"
              data-handle={key}
              className={styles.handle}
              aria-label={handle(item, at)}
              onKeyDown={(event) => onKey(event, key, at)}
              onPointerDown={(event) => onPointerDown(event, key)}
            >
              <GripVertical size={14} aria-hidden="true" />
            </button>
            <div className={styles.content}>{children(item, at)}</div>
          </li>
        );
      })}
    </ul>
  );
}

const handleOf = (list: HTMLElement | null, key: string) =>
  [...(list?.querySelectorAll<HTMLElement>('[data-handle]') ?? [])].find((one) => one.dataset.handle === key);
