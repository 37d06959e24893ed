// An editor inside a cell. Enter commits, Tab commits and moves, Esc restores; leaving the cell commits.
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Field, Value } from '../../api/types.ts';
import { FieldEditor } from '../fields/field-editor.tsx';
import { same } from '../fields/wire.ts';
import styles from './grid.module.css';

type Props = {
  field: Field;
  value: Value;
  onCancel: () => void;
  // What was refused stays as typed, with the reason under the cell.
  onDone: (value: Value, step: 0 | 1 | -1) => Promise<string>;
};

export function CellEditor({ field, value, onCancel, onDone }: Props) {
  const [draft, setDraft] = useState<Value>(value);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const finished = useRef(false);
  const done = async (next: Value, step: 0 | 1 | -1) => {
    if (finished.current) return;
    if (same(field, value, next) && step === 0) {
      finished.current = true;
      onCancel();
      return;
    }
    finished.current = true;
    setBusy(true);
    const why = await onDone(next, step);
    finished.current = why === '';
    setRefused(why);
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const open = box.current?.querySelector('[aria-expanded=true]');
    if (event.key === 'Escape' && !open) {
      finished.current = true;
      onCancel();
    } else if (event.key === 'Tab') void done(draft, event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && !open) void done(draft, 0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // A choice is made in one press; there is nothing more to type.
  const immediate = field.type === 'choice' || field.type === 'boolean';
  return (
    <div
      ref={box}
      role="presentation"
      className={styles.editor}
      aria-busy={busy}
      onKeyDownCapture={onKey}
      onBlur={(event) => {
        const to = event.relatedTarget as Node | null;
        if (
          box.current?.contains(to) ||
          (to instanceof HTMLElement && to.closest('[data-trigger],[role=dialog],[role=listbox]'))
        )
          return;
        if (!to && document.querySelector('[role=listbox],[role=dialog]')) return;
        void done(draft, 0);
      }}
    >
      <FieldEditor
        field={field}
        value={draft}
        bare
        autoFocus
        error={refused || undefined}
        // Closed without a choice: the cell is left, or the focus would stand nowhere.
        onClose={() => setTimeout(() => finished.current || onCancel())}
        onChange={(next) => {
          setDraft(next);
          setRefused('');
          if (immediate) void done(next, 0);
        }}
      />
    </div>
  );
}
