// Sends what waits when the line is back: told by the browser, or found by trying while something waits.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keptNow, openOutbox, sendKept } from '../api/outbox.ts';
import { sessionQuery } from '../api/session.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast/toast.tsx';

const try_ms = 15_000;

async function send(client: QueryClient) {
  // An app that started without a line shows who was here last, and has no token yet.
  const startedBlind = client.getQueryData(sessionQuery.queryKey)?.csrf === '';
  if (!startedBlind && keptNow().every((one) => one.refused)) return;
  const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null);
  if (!session?.csrf) return;
  if (startedBlind) void client.invalidateQueries();
  const before = keptNow().filter((one) => one.refused).length;
  const sent = await sendKept();
  if (keptNow().filter((one) => one.refused).length > before) toast(t('outbox.some_refused'), 'bad');
  if (sent.length === 0) return;
  toast(t('outbox.sent', { count: sent.length }), 'good');
  void client.invalidateQueries({ queryKey: ['records'] });
  void client.invalidateQueries({ queryKey: ['query'] });
}

export function useOutbox(member: string) {
  const client = useQueryClient();
  useEffect(() => {
    const go = () => void send(client);
    void openOutbox(member).then(go);
    const timer = setInterval(go, try_ms);
    window.addEventListener('online', go);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', go);
    };
  }, [client, member]);
}
