// Short news at the bottom: polite for good news, assertive for bad. A toast with an action stays 10 s, a plain one 4 s –
// longer while the pointer or the focus is on it –, a refusal until it is closed. There is one action at a time, that of the
// last deed, which undoLast runs, too.
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { useUiWords } from '../words/words.tsx';
import styles from './toast.module.css';

export type Toast = {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
  action?: { label: string; run: () => void };
  // Leads somewhere and changes nothing, so Ctrl+Z does not run it.
  more?: { label: string; run: () => void };
};

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(list: Toast[]) {
  toasts = list;
  for (const listener of listeners) listener();
}

export function toast(
  text: string,
  tone: Toast['tone'] = 'plain',
  action?: Toast['action'],
  more?: Toast['more'],
): number {
  const id = next++;
  const others = toasts.filter((one) => one.text !== text && !(action && one.action));
  set([...others.slice(-3), { id, text, tone, action, more }]);
  return id;
}

export function closeToast(id: number) {
  set(toasts.filter((one) => one.id !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function runToast(one: Toast) {
  closeToast(one.id);
  one.action?.run();
}

// False where nothing can be taken back any more.
export function undoLast(): boolean {
  const last = toasts.filter((one) => one.action).at(-1);
  if (last) runToast(last);
  return last !== undefined;
}

export function ToastRegion({ label }: { label: string }) {
  const list = useSyncExternalStore(subscribe, () => toasts);
  const came = useRef<HTMLElement | null>(null);
  const line = (one: Toast) => <ToastLine key={one.id} toast={one} onLeave={() => came.current?.focus()} />;
  return (
    <section
      aria-label={label}
      className={styles.region}
      // A dialog neither hides it nor counts a press on it as one outside.
      data-react-aria-top-layer="true"
      onFocus={(event: FocusEvent<HTMLElement>) => {
        const from = event.relatedTarget;
        if (from instanceof HTMLElement && !event.currentTarget.contains(from)) came.current = from;
      }}
    >
      <div aria-live="polite" aria-relevant="additions">
        {list.filter((one) => one.tone !== 'bad').map(line)}
      </div>
      <div aria-live="assertive" aria-relevant="additions">
        {list.filter((one) => one.tone === 'bad').map(line)}
      </div>
    </section>
  );
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);

function ToastLine({ toast: one, onLeave }: { toast: Toast; onLeave: () => void }) {
  const words = useUiWords();
  const box = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (one.tone === 'bad' || isHeld) return;
    const timer = setTimeout(() => closeToast(one.id), one.action || one.more ? 10_000 : 4000);
    return () => clearTimeout(timer);
  }, [one, isHeld]);
  // The focus goes back to where it came from, not to the top of the page.
  const leave = (then: () => void) => {
    if (box.current?.contains(document.activeElement)) onLeave();
    then();
  };
  const isOutside = (to: EventTarget | null) => !(to instanceof Node && box.current?.contains(to));
  return (
    <div
      ref={box}
      className={classes(styles.toast, styles[one.tone])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={(event) => {
        if (isOutside(event.relatedTarget)) setHeld(false);
      }}
    >
      {one.tone === 'bad' ? <CircleAlert size={16} aria-hidden="true" /> : <CircleCheck size={16} aria-hidden="true" />}
      <span className={styles.text}>{one.text}</span>
      {one.action ? (
        <Button compact look="quiet" className={styles.action} onPress={() => leave(() => runToast(one))}>
          {one.action.label}
          <kbd className={styles.keys} aria-hidden="true">
            {isMac ? '⌘Z' : 'Ctrl+Z'}
          </kbd>
        </Button>
      ) : null}
      {one.more ? (
        <Button
          compact
          look="quiet"
          className={styles.action}
          onPress={() =>
            leave(() => {
              closeToast(one.id);
              one.more?.run();
            })
          }
        >
          {one.more.label}
        </Button>
      ) : null}
      <IconButton label={words.close} compact onPress={() => leave(() => closeToast(one.id))}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
