// What list and board of an object share: their address – filter, order, what is searched – and how a new record is begun from it.
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { ObjectDef } from '../../api/types.ts';
import { t, within } from '../../i18n/i18n.ts';
import { useLater, useRested } from '../../lib/debounce.ts';
import { readNone, searchOf, type ViewDefaults, type ViewSearch, type ViewState, viewState } from './view-state.ts';

type Asked = { to: string; search: ViewSearch; saved: ViewDefaults | undefined; onNarrow?: () => void };

export function useView(object: ObjectDef, { to, search, saved, onNarrow }: Asked) {
  const navigate = useNavigate();
  const state = viewState(object, readNone(search), saved);
  const [typed, setTyped] = useState(state.q);
  const searchBox = useRef<HTMLInputElement>(null);
  const q = useRested(typed.trim());
  const later = useLater();
  const go = (next: Partial<ViewState>) => {
    if (next.filter !== undefined || next.q !== undefined) onNarrow?.();
    return navigate({ to, search: searchOf({ ...state, ...next }, object, saved), replace: true });
  };
  // The address follows what is shown, not every key.
  const type = (text: string) => {
    setTyped(text);
    later(() => void go({ q: text.trim() }));
  };
  // An address that still waits for what was searched would undo what comes now.
  const forget = () => later(() => {});
  const reset = () => {
    setTyped('');
    forget();
  };
  const clear = () => {
    reset();
    void go({ filter: '', q: '' });
  };
  // Where it begins is a stage's key, or 1.
  const openNewIn = (place: string) => {
    forget();
    return navigate({ to, search: { ...search, q: typed.trim() || undefined, new: place } });
  };
  const openNew = () => openNewIn('1');
  const closeNew = () => navigate({ to, search: { ...search, new: undefined }, replace: true });
  const newLabel = t('records.new', { object: within(object.label) });
  const create = { id: 'create', group: 'here' as const, label: newLabel, icon: 'plus', keys: 'c' };
  return {
    state,
    q,
    typed,
    searchBox,
    go,
    type,
    reset,
    clear,
    newLabel,
    isNew: search.new !== undefined && object.rights.create,
    openNew,
    openNewIn,
    closeNew,
    actions: object.rights.create ? [{ ...create, run: () => void openNew() }] : [],
  };
}
