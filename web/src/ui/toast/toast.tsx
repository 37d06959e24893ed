// Short news at the bottom: polite for good news, assertive for bad. A toast with an action stays 8 s, a plain one 4 s,
// a refusal until it is closed.
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Button, IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { useUiWords } from '../words/words.tsx';
import styles from './toast.module.css';

export type Toast = {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
  action?: { label: string; run: () => void };
};

let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();

function set(list: Toast[]) {
  toasts = list;
  for (const listener of listeners) listener();
}

export function toast(text: string, tone: Toast['tone'] = 'plain', action?: Toast['action']): number {
  const id = next++;
  set([...toasts.filter((one) => one.text !== text).slice(-3), { id, text, tone, action }]);
  return id;
}

export function closeToast(id: number) {
  set(toasts.filter((one) => one.id !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function ToastRegion({ label }: { label: string }) {
  const list = useSyncExternalStore(subscribe, () => toasts);
  return (
    <section aria-label={label} className={styles.region}>
      <div aria-live="polite" aria-relevant="additions">
        {list
          .filter((one) => one.tone !== 'bad')
          .map((one) => (
            <ToastLine key={one.id} toast={one} />
          ))}
      </div>
      <div aria-live="assertive" aria-relevant="additions">
        {list
          .filter((one) => one.tone === 'bad')
          .map((one) => (
            <ToastLine key={one.id} toast={one} />
          ))}
      </div>
    </section>
  );
}

function ToastLine({ toast: one }: { toast: Toast }) {
  const words = useUiWords();
  useEffect(() => {
    if (one.tone === 'bad') return;
    const timer = setTimeout(() => closeToast(one.id), one.action ? 8000 : 4000);
    return () => clearTimeout(timer);
  }, [one]);
  return (
    <div className={classes(styles.toast, styles[one.tone])}>
      {one.tone === 'bad' ? <CircleAlert size={16} aria-hidden="true" /> : <CircleCheck size={16} aria-hidden="true" />}
      <span className={styles.text}>{one.text}</span>
      {one.action ? (
        <Button
          compact
          look="quiet"
          onPress={() => {
            one.action?.run();
            closeToast(one.id);
          }}
        >
          {one.action.label}
        </Button>
      ) : null}
      <IconButton label={words.close} compact onPress={() => closeToast(one.id)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
