// ⌘K: pages and records in one list. Records are found by the server (names, pinyin, initials, phone tails).
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useCatalogue } from '../api/describe.ts';
import { searchQuery } from '../api/records.ts';
import { pick, t } from '../i18n/i18n.ts';
import { useRested } from '../lib/debounce.ts';
import { matchRank } from '../lib/match.ts';
import { Dialog } from '../ui/dialog/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './palette.module.css';

type PageItem = { path: string; label: string; icon: string; also?: string };
type Entry = { key: string; path: string; label: string; detail?: string; icon?: string; group: string };

export function Palette({ pages, onClose }: { pages: PageItem[]; onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { entries, busy } = useEntries(pages, text);
  const current = Math.min(at, entries.length - 1);
  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate({ to: entry.path });
  };
  const move = (to: number) => {
    setAt(to);
    list.current?.querySelectorAll('[role=option]')[to]?.scrollIntoView({ block: 'nearest' });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') move((current + 1) % Math.max(1, entries.length));
    else if (event.key === 'ArrowUp') move((current + entries.length - 1) % Math.max(1, entries.length));
    else if (event.key === 'Enter') go(entries[current]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t('shell.palette.title')} onClose={onClose}>
      <div className={styles.line}>
        <Search size={16} aria-hidden="true" />
        <input
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[current] ? `${id}-${current}` : undefined}
          aria-label={t('shell.palette.title')}
          placeholder={t('shell.palette.placeholder')}
          value={text}
          autoFocus
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
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
        aria-label={t('shell.palette.title')}
        tabIndex={0}
        className={styles.list}
      >
        {entries.map((entry, index) => (
          <div key={entry.key} role="presentation">
            {entry.group !== entries[index - 1]?.group ? (
              <div role="presentation" className={styles.group}>
                {entry.group}
              </div>
            ) : null}
            <div
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === current}
              className={styles.option}
              onPointerMove={() => setAt(index)}
              onClick={() => go(entry)}
              onKeyDown={() => {}}
            >
              <Icon name={entry.icon} also="custom" />
              <span className={styles.name}>{entry.label}</span>
              {entry.detail ? <span className={styles.detail}>{entry.detail}</span> : null}
            </div>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function useEntries(pages: PageItem[], text: string): { entries: Entry[]; busy: boolean } {
  const catalogue = useCatalogue();
  const q = useRested(text.trim(), 150);
  const found = useQuery({ ...searchQuery(q), enabled: q !== '', placeholderData: (old) => old });
  const shown = pages
    .map((page) => ({ page, rank: matchRank(`${page.label} ${page.path.slice(1)}`, text) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ page }) => ({ ...page, key: page.path, group: t('shell.palette.pages') }));
  const records = q === '' || text.trim() === '' ? [] : (found.data?.data ?? []);
  const hits = records.flatMap((hit): Entry[] => {
    const object = catalogue.object(hit.object);
    if (!object) return [];
    const detail = [pick(object.label), hit.subtitle].filter(Boolean).join(' · ');
    const path = `/${object.plural}/${hit.id}`;
    return [{ key: path, path, label: hit.name, detail, icon: object.name, group: t('shell.palette.records') }];
  });
  const busy = text.trim() !== '' && (q !== text.trim() || found.isFetching);
  return { entries: text.trim() === '' ? shown : [...hits.slice(0, 12), ...shown], busy };
}
