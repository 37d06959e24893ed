import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { get } from '../../api/client.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, Page, RecordData, Reference } from '../../api/types.ts';
import { useRested } from '../../lib/debounce.ts';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { nameOf } from './record-name.ts';
import { valueText } from './value-text.ts';

type Props = {
  target: string | undefined;
  value: Reference | null;
  onChange: (value: Reference | null) => void;
  label?: string;
  help?: string;
  error?: string;
  placeholder?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
  'aria-label'?: string;
};

// Type-ahead over the records of one object; the server knows pinyin and initials.
export function ReferenceInput({ target, value, onChange, ...frame }: Props) {
  const object = useCatalogue().object(target);
  const [text, setText] = useState(value?.name ?? '');
  // A value that changes from outside takes its text along.
  const told = value ? `${value.id} ${value.name}` : '';
  const [seen, setSeen] = useState(told);
  if (told !== seen) {
    setSeen(told);
    setText(value?.name ?? '');
  }
  const typed = text === value?.name ? '' : text.trim();
  const q = useRested(typed, 180);
  const found = useQuery({
    queryKey: keys.list(object?.plural ?? '', { choose: q }),
    queryFn: ({ signal }) => get<Page>(`/${object?.plural}`, { q, limit: 20, count: 'none' }, signal),
    enabled: !!object,
    placeholderData: (old) => old,
  });
  const rows = object ? (found.data?.data ?? []) : [];
  const items: ComboItem[] = rows.map((row) => ({
    key: row.id,
    label: object ? nameOf(object, row) : row.id,
    detail: object ? detailOf(object, row) : undefined,
  }));
  if (value && !items.some((item) => item.key === value.id)) items.unshift({ key: value.id, label: value.name });
  return (
    <Combo
      {...frame}
      items={items}
      value={value?.id ?? null}
      text={text}
      busy={found.isFetching}
      onText={setText}
      onChange={(item) => {
        setText(item?.label ?? '');
        onChange(item ? { id: item.key, name: item.label } : null);
      }}
    />
  );
}

// Something that tells two of one name apart: the first key field that has a value.
export function detailOf(object: ObjectDef, row: RecordData): string | undefined {
  for (const name of object.layout.key) {
    if (name === object.name_field) continue;
    const field = object.fields.find((one) => one.name === name);
    const text = field ? valueText(field, row[name]) : '';
    if (text) return text;
  }
  return undefined;
}
