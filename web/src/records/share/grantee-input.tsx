// One box over the active members and the groups; the server knows pinyin and initials.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { useCatalogue } from '../../api/describe.ts';
import { keys } from '../../api/query-keys.ts';
import type { Grantee } from '../../api/shares.ts';
import type { Id, Page, RecordData } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { useRested } from '../../lib/debounce.ts';
import { Combo, type ComboItem } from '../../ui/field/combo.tsx';
import { nameOf } from '../fields/record-name.ts';
import { detailOf } from '../fields/reference-input.tsx';
import { asGrantee, offered } from './share-model.ts';

type Props = {
  value: Grantee | null;
  onChange: (value: Grantee | null) => void;
  // Who has it already.
  taken: Id[];
  error?: string;
};

const members_max = 20;
const groups_max = 5;

export function GranteeInput({ value, onChange, taken, error }: Props) {
  const catalogue = useCatalogue();
  const [text, setText] = useState(value?.name ?? '');
  const [seen, setSeen] = useState(value?.id);
  // Emptied from outside, once it is shared.
  if (value?.id !== seen) {
    setSeen(value?.id);
    setText(value?.name ?? '');
  }
  const q = useRested(text === value?.name ? '' : text.trim(), 180);
  const members = useFound('members', q, members_max + taken.length, 'active = true');
  const groups = useFound('member_groups', q, groups_max + taken.length);
  const member = catalogue.object('member');
  const group = catalogue.object('member_group');
  const found = [
    ...offered(groups.rows, taken)
      .slice(0, groups_max)
      .map((row) => ({
        of: asGrantee('member_group', row.id, group ? nameOf(group, row) : ''),
        detail: pick(group?.label),
      })),
    ...offered(members.rows, taken)
      .slice(0, members_max)
      .map((row) => ({
        of: asGrantee('member', row.id, member ? nameOf(member, row) : ''),
        detail: member && detailOf(member, row),
      })),
  ];
  const items: ComboItem[] = found.map(({ of, detail }) => ({ key: of.id, label: of.name, detail }));
  if (value && !items.some((item) => item.key === value.id)) items.unshift({ key: value.id, label: value.name });
  return (
    <Combo
      label={t('share.with')}
      placeholder={t('share.with_placeholder')}
      isRequired
      error={error}
      items={items}
      value={value?.id ?? null}
      text={text}
      busy={members.busy || groups.busy}
      onText={setText}
      onChange={(item) => {
        const chosen = found.find(({ of }) => of.id === item?.key)?.of ?? null;
        setText(chosen?.name ?? '');
        setSeen(chosen?.id);
        onChange(chosen);
      }}
    />
  );
}

function useFound(plural: string, q: string, limit: number, filter?: string): { rows: RecordData[]; busy: boolean } {
  const object = useCatalogue().plural(plural);
  const { data, isFetching } = useQuery({
    queryKey: keys.list(plural, { grantee: q, limit }),
    queryFn: ({ signal }) =>
      get<Page>(`/${plural}`, { q, filter, sort: q ? undefined : 'name', limit, count: 'none' }, signal),
    enabled: !!object?.rights.read,
    placeholderData: (old) => old,
  });
  return { rows: object ? (data?.data ?? []) : [], busy: isFetching };
}
