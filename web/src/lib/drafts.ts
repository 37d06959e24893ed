// What somebody typed and has not saved, kept on this device per member and form until it is saved, given up or the member signs out.
// A form that opens again offers it; nothing is put back unasked. localStorage and not IndexedDB: a draft is small, and it has to be
// written before the page is gone.
import { useEffect, useState } from 'react';

const prefix = 'shangdao.draft.';
const kept_days = 30;
const day_ms = 86_400_000;

export type Kept<T> = { at: number; value: T };
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

let owner = '';
// Whose drafts are meant, once it is known who is signed in.
export function setDraftOwner(member: string) {
  owner = member;
}

const nameOf = (form: string) => `${prefix}${owner}.${form}`;

export function keepDraft(form: string, value: unknown, now = Date.now(), shelf: Shelf = localStorage) {
  try {
    shelf.setItem(nameOf(form), JSON.stringify({ at: now, value }));
  } catch {
    // The device is full or keeps nothing: the form goes on without.
  }
}

export function keptDraft<T>(form: string, now = Date.now(), shelf: Shelf = localStorage): Kept<T> | null {
  try {
    const kept = JSON.parse(shelf.getItem(nameOf(form)) ?? 'null') as Kept<T> | null;
    return kept && now - kept.at < kept_days * day_ms ? kept : null;
  } catch {
    return null;
  }
}

export function dropDraft(form: string, shelf: Shelf = localStorage) {
  shelf.removeItem(nameOf(form));
}

// All of this member's: whoever signs out leaves nothing that was typed behind.
export function dropDrafts(shelf: Shelf = localStorage) {
  const names = Array.from({ length: shelf.length }, (_, at) => shelf.key(at) ?? '');
  for (const name of names) if (name.startsWith(nameOf(''))) shelf.removeItem(name);
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

// The state of a form that keeps itself. `offered` is what was left behind before: `restore` puts it in, `discard` gives it up.
// `clear` is for what has been saved.
export function useDraft<T extends object>(form: string, start: T) {
  const [begun] = useState(start);
  const [value, set] = useState(begun);
  const [offered, setOffered] = useState(() => keptDraft<T>(form));
  useEffect(() => {
    if (value === begun) return;
    if (!same(value, begun)) keepDraft(form, value);
    // Emptied again: nothing to keep but an offer that nobody has answered.
    else if (offered) keepDraft(form, offered.value, offered.at);
    else dropDraft(form);
  }, [form, value, begun, offered]);
  const restore = () => {
    if (offered) set({ ...begun, ...offered.value });
    setOffered(null);
  };
  const discard = () => {
    setOffered(null);
    if (same(value, begun)) dropDraft(form);
  };
  const clear = () => {
    setOffered(null);
    dropDraft(form);
  };
  return { value, set, offered, restore, discard, clear };
}
export type Draft<T extends object> = ReturnType<typeof useDraft<T>>;
