// A long text in which colleagues are mentioned: an @ opens the list of members, found by name, pinyin or initials. Whoever is
// mentioned is told by the server.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { get } from '../../api/client.ts';
import { keys } from '../../api/query-keys.ts';
import type { Page } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { labelFor, type Mentioned, mentionedIn, plainText, toWire, typedAt } from '../../lib/mentions.ts';
import { type Suggestion, SuggestArea } from '../../ui/field/suggest-area.tsx';

const shown_max = 8;

type Props = {
  value: string;
  onChange: (text: string) => void;
  label?: string;
  help?: string;
  error?: string;
  placeholder?: string;
  rows?: number;
  autoFocus?: boolean;
  isRequired?: boolean;
  'aria-label'?: string;
};

export function MentionInput({ value, onChange, ...frame }: Props) {
  const members = useCatalogue().object('member');
  // Also those whose names were deleted again: taken back by the keys, they are still meant.
  const [picked, setPicked] = useState<Mentioned>({});
  const known = { ...mentionedIn(value), ...picked };
  const [typed, setTyped] = useState<{ from: number; query: string } | null>(null);
  const text = plainText(value);
  const query = useRested(typed?.query ?? '', 150);
  const found = useQuery({
    queryKey: keys.list(members?.plural ?? '', { mention: query }),
    queryFn: ({ signal }) =>
      get<Page>(
        `/${members?.plural}`,
        { q: query, filter: 'active = true', fields: 'name,email', limit: shown_max, count: 'none' },
        signal,
      ),
    enabled: !!members?.rights.read && typed !== null,
    placeholderData: (old) => old,
  });
  const suggestions = (found.data?.data ?? []).map((row) => ({
    key: row.id,
    label: String(row.name ?? ''),
    detail: row.email ? String(row.email) : undefined,
  }));
  const pick = (one: Suggestion): number => {
    const label = labelFor(known, one.label, one.key);
    const from = typed?.from ?? text.length;
    const head = `${text.slice(0, from)}@${label} `;
    const rest = text.slice(from + 1 + (typed?.query.length ?? 0)).replace(/^ /, '');
    setPicked({ ...picked, [label]: one.key });
    setTyped(null);
    onChange(toWire(head + rest, { ...known, [label]: one.key }));
    return head.length;
  };
  return (
    <SuggestArea
      {...frame}
      value={text}
      onChange={(next) => onChange(toWire(next, known))}
      onCaret={(next, caret) => setTyped(typedAt(next, caret))}
      suggestions={typed && members?.rights.read && (found.data || !found.isFetching) ? suggestions : null}
      busy={typed?.query !== query || found.isPlaceholderData || found.isFetching}
      listLabel={t('record.mention.list')}
      emptyText={t('record.mention.none')}
      onPick={pick}
      onDismiss={() => setTyped(null)}
    />
  );
}
