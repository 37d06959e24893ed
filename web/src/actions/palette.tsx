// ⌘K: what can be done here, pages, where one was, and records in one list. Records are found by the server (names, pinyin,
// initials, phone tails); everything else at once.
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { t } from '../i18n/i18n.ts';
import { usePhone } from '../lib/media.ts';
import { parsePlace, usePeek } from '../records/peek.ts';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { ActionIcon } from '../ui/action-icon.tsx';
import { Keys } from '../ui/keys/keys.tsx';
import { ariaKeys, capsOf } from './keys.ts';
import { useEntries } from './palette-entries.ts';
import type { Entry } from './palette-model.ts';
import styles from './palette.module.css';

// `only`: the palette as a choice of what to create.
type Props = { member: string; only?: 'create'; onClose: () => void };

export function Palette({ member, only, onClose }: Props) {
  const [text, setText] = useState('');
  // While an input method composes, its letters find pages and actions; the server is asked for what was chosen.
  const [composing, setComposing] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  // Enter came before the server's answer did.
  const [hasty, setHasty] = useState(false);
  const navigate = useNavigate();
  const peek = usePeek();
  const phone = usePhone();
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { entries, sure, busy } = useEntries(member, text, only, composing);
  const current = Math.max(
    0,
    entries.findIndex((entry) => entry.key === chosen),
  );
  const go = (entry: Entry | undefined) => {
    setHasty(false);
    if (!entry) return;
    onClose();
    const { run, path } = entry;
    // Once the dialog is gone: what runs may take the focus.
    if (run) setTimeout(run);
    else if (path) void navigate({ to: path });
  };
  // A record can be looked at beside the page one is on.
  const look = (entry: Entry | undefined): boolean => {
    const place = entry?.path?.slice(1);
    if (phone || !place || !parsePlace(place)) return false;
    onClose();
    setTimeout(() => peek.open(place));
    return true;
  };
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const first = entries[0];
  useEffect(() => {
    if (hasty && !busy) latest.current(first);
  }, [hasty, busy, first]);
  const move = (to: number) => {
    setChosen(entries[to]?.key ?? null);
    list.current?.querySelectorAll('[role=option]')[to]?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const count = Math.max(1, entries.length);
    if (event.key === 'ArrowDown') move((current + 1) % count);
    else if (event.key === 'ArrowUp') move((current + count - 1) % count);
    else if (event.key === 'PageDown') move(Math.min(count - 1, current + 8));
    else if (event.key === 'PageUp') move(Math.max(0, current - 8));
    else if (event.key === 'Enter' && event.shiftKey && look(entries[current])) setHasty(false);
    else if (event.key === 'Enter' && busy && !sure && chosen === null) setHasty(true);
    else if (event.key === 'Enter') go(entries[current]);
    else return;
    event.preventDefault();
  };
  const title = only ? t('shell.action.create') : t('shell.palette.title');
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.line}>
        <Search size={16} aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={title}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={t('shell.palette.placeholder')}
          value={text}
          autoFocus
          onChange={(event) => {
            setText(event.target.value);
            setChosen(null);
            setHasty(false);
            if (list.current) list.current.scrollTop = 0;
          }}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
          onKeyDown={onKey}
          className={styles.input}
        />
      </div>
      {entries.length === 0 ? (
        <p role="status" className={styles.none}>
          {busy ? t('common.loading') : t('shell.palette.none', { q: text })}
        </p>
      ) : null}
      <div
        ref={list}
        hidden={entries.length === 0}
        id={`${id}-list`}
        role="listbox"
        aria-label={title}
        tabIndex={0}
        className={styles.list}
      >
        {entries.map((entry, index) => (
          <div key={entry.key} role="presentation">
            {entry.group !== entries[index - 1]?.group ? (
              <div role="presentation" className={styles.group}>
                {t(`shell.actions.${entry.group}`)}
              </div>
            ) : null}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              aria-keyshortcuts={ariaKeys(entry.keys)}
              className={styles.option}
              onPointerMove={() => setChosen(entry.key)}
              onClick={(event) => (event.shiftKey && look(entry)) || go(entry)}
              onKeyDown={() => {}}
            >
              <ActionIcon name={entry.icon} />
              <span className={styles.name}>{entry.label}</span>
              {entry.detail ? <span className={styles.detail}>{entry.detail}</span> : null}
              {entry.keys ? <Keys caps={capsOf(entry.keys)} /> : null}
            </div>
          </div>
        ))}
      </div>
      {entries.some((entry) => parsePlace(entry.path?.slice(1))) && !phone ? (
        <p className={styles.hint}>{t('shell.palette.hint')}</p>
      ) : null}
    </Dialog>
  );
}
