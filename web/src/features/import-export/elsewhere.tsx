// What was begun on another device, or before this browser forgot it: offered where nothing has begun.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentence } from '../../api/problem.ts';
import { list, when } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import form from '../../records/form/form.module.css';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { keepUnderWay, readUnderWay, takeUp, underWayQuery } from './under-way.ts';
import type { ImportState } from './use-import.ts';

export function Elsewhere({ state }: { state: ImportState }) {
  const client = useQueryClient();
  const record = useQuery({ ...underWayQuery, staleTime: 0 }).data?.data[0];
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const found = readUnderWay(record?.value);
  if (!record || !found) return null;
  const go = async () => {
    setBusy(true);
    setRefused('');
    try {
      const kept = await takeUp(found);
      state.change(() => kept);
    } catch (error) {
      setRefused(sentence(error));
      setBusy(false);
    }
  };
  const files = list(found.files.map((file) => file.name));
  return (
    <Notice tone={refused ? 'bad' : undefined}>
      <div className={form.offer}>
        <span>{refused || t('import.elsewhere', { files, at: when(String(record.updated_at)) })}</span>
        <Button compact isDisabled={busy} onPress={() => void go()}>
          {t('import.elsewhere_go')}
        </Button>
        <Button compact look="quiet" isDisabled={busy} onPress={() => void keepUnderWay(client, null)}>
          {t('records.draft.discard')}
        </Button>
      </div>
    </Notice>
  );
}
