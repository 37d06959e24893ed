import { useQuery } from '@tanstack/react-query';
import { type ComponentType, createContext, createElement, Suspense, use, useState } from 'react';
import { type Catalogue, useCatalogue } from '../../api/describe.ts';
import { get } from '../../api/client.ts';
import { keys } from '../../api/query-keys.ts';
import type { ObjectDef, Page, RecordData, Reference, Value } from '../../api/types.ts';
import { t, within } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { nameOf } from './record-name.ts';
import { valueText } from './value-text.ts';

export type Beside = { [name: string]: Value };

// By which a form lets its fields make what they name and is not there yet: its dialog is drawn of such fields itself.
export type MakerProps = {
  object: ObjectDef;
  preset?: { [name: string]: Value };
  onClose: () => void;
  onCreated: (record: RecordData) => void;
};
export const Maker = createContext<ComponentType<MakerProps> | null>(null);

type Props = {
  target: string | undefined;
  value: Reference | null;
  onChange: (value: Reference | null) => void;
  label?: string;
  help?: string;
  error?: string;
  placeholder?: string;
  // What stands in the same form: what belongs to the same record – the contacts of the account – is offered first.
  beside?: Beside;
  isRequired?: boolean;
  autoFocus?: boolean;
  'aria-label'?: string;
};

// Type-ahead over the records of one object; the server knows pinyin and initials.
export function ReferenceInput({ target, value, onChange, beside, ...frame }: Props) {
  const catalogue = useCatalogue();
  const object = catalogue.object(target);
  const Make = use(Maker);
  const [making, setMaking] = useState<string | null>(null);
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
  const kin = object && beside ? kinOf(catalogue, object, beside) : {};
  const filter = q
    ? ''
    : Object.entries(kin)
        .map(([name, one]) => `${name} = "${one.id}"`)
        .join(' and ');
  const found = useQuery({
    queryKey: keys.list(object?.plural ?? '', { choose: q, filter }),
    queryFn: ({ signal }) => get<Page>(`/${object?.plural}`, { q, filter, limit: 20, count: 'none' }, signal),
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
  const makes = !!Make && !!object?.owned && object.rights.create;
  // After what is found, so that nobody makes again what is there.
  if (makes && !found.isFetching && q === typed)
    items.push({ key: make_key, label: t('records.new', { object: within(object.label) }), detail: typed });
  const choose = (item: ComboItem | null) => {
    setText(item && item.key !== make_key ? item.label : '');
    if (item?.key === make_key) setMaking(typed);
    else onChange(item ? { id: item.key, name: item.label } : null);
  };
  return (
    <>
      <Combo
        {...frame}
        items={items}
        value={value?.id ?? null}
        text={text}
        busy={found.isFetching}
        onText={setText}
        onChange={choose}
      />
      {Make && object && making !== null ? (
        <Suspense fallback={null}>
          {createElement(Make, {
            object,
            preset: making ? { ...kin, [object.name_field]: making } : kin,
            onClose: () => setMaking(null),
            onCreated: (record) => {
              setMaking(null);
              onChange({ id: record.id, name: nameOf(object, record) });
            },
          })}
        </Suspense>
      ) : null}
    </>
  );
}

const make_key = 'make';

// The records of the form that the target names, too: the account of a deal is that of its contact.
function kinOf(catalogue: Catalogue, target: ObjectDef, beside: Beside): { [name: string]: Reference } {
  const shared = target.fields.flatMap(({ name, type, target: of }): [string, Reference][] => {
    const one = beside[name];
    const isKin = type === 'reference' && name !== 'owner' && catalogue.object(of)?.owned;
    return isKin && one && typeof one === 'object' && 'id' in one ? [[name, one]] : [];
  });
  return Object.fromEntries(shared);
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
