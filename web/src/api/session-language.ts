// The language of who is signed in. Known to the page at once, so that the next address does not bring the old one back.
import type { QueryClient } from '@tanstack/react-query';
import { request } from './client.ts';
import { sessionQuery } from './session.ts';
import type { Session } from './types.ts';

export async function chooseLanguage(client: QueryClient, language: 'zh' | 'en'): Promise<void> {
  const session = client.getQueryData(sessionQuery.queryKey);
  if (!session) return;
  const now: Session = { ...session, member: { ...session.member, language } };
  client.setQueryData(sessionQuery.queryKey, now);
  await request('PATCH', '/session', { body: { language } });
}
