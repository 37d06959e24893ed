// Sends what waits when the line is back: told by the browser, or found by trying while something waits.
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { keys } from '../api/query-keys.ts';
import { keptNow, openOutbox, sendKept } from '../api/outbox.ts';
import { sessionQuery } from '../api/session.ts';
import { t } from '../i18n/i18n.ts';
import { toast } from '../ui/toast/toast.tsx';

const try_ms = 15_000;

async function send(client: QueryClient) {
  if (keptNow().every((one) => one.refused)) return;
  // An app that started without a line has no token yet.
  const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null);
  if (!session?.csrf) return;
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
    const back = () => {
      void client.invalidateQueries({ queryKey: keys.session });
      void client.invalidateQueries({ queryKey: keys.describe });
      go();
    };
    void openOutbox(member).then(go);
    const timer = setInterval(go, try_ms);
    window.addEventListener('online', back);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', back);
    };
  }, [client, member]);
}
