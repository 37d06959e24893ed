// The whole of a value that is read masked: asked for on purpose, counted by the server, shown for a while and then covered again.
import { useQueryClient } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useEffect, useState } from 'react';
import { post } from '../../api/client.ts';
import { sentence } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { useSession } from '../../api/session.ts';
import type { Field, ObjectDef, RecordData, Value } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { IconButton } from '../../ui/button/button.tsx';
import { toast } from '../../ui/toast/toast.tsx';

type Revealed = { field: string; value: Value; left: number };

const shown_ms = 30_000;

// The value in sight and the button that brings it there; no button for who may not, or where nothing is masked.
export function useReveal(object: ObjectDef, record: RecordData, field: Field) {
  const [value, setValue] = useState<Value>(null);
  const client = useQueryClient();
  const may = useSession().rights.reveal && field.access === 'masked' && (record[field.name] ?? null) !== null;
  const isShown = value !== null;
  useEffect(() => {
    if (!isShown) return;
    const cover = setTimeout(() => setValue(null), shown_ms);
    return () => clearTimeout(cover);
  }, [isShown]);
  const ask = () =>
    post<Revealed>(`/${object.plural}/${record.id}/reveal`, { field: field.name }).then(
      (answer) => {
        setValue(answer.value);
        void client.invalidateQueries({ queryKey: keys.timeline(object.plural, record.id) });
        toast(t('record.revealed', { count: answer.left }), 'good');
      },
      (error: unknown) => void toast(sentence(error), 'bad'),
    );
  const button =
    may && !isShown ? (
      <IconButton label={t('record.reveal', { field: pick(field.label) })} compact onPress={() => void ask()}>
        <Eye size={13} aria-hidden="true" />
      </IconButton>
    ) : null;
  return { value, button };
}
