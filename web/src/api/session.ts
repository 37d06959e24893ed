// Who is signed in. `null` means nobody; every other answer of the server is a fault of the line and is thrown.
import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { request, setCsrf } from './client.ts';
import { isProblem } from './problem.ts';
import { keys } from './query-keys.ts';
import { empty, keep, take } from '../lib/shelf.ts';
import type { Session } from './types.ts';

const remember = (session: Session) => void keep('last-seen', 'session', { ...session, csrf: '' }).catch(() => {});
const forgetSeen = () => empty('last-seen').catch(() => {});

async function readSession(): Promise<Session | null> {
  try {
    const session = await request<Session>('GET', '/session', { quiet401: true });
    setCsrf(session.csrf);
    remember(session);
    return session;
  } catch (error) {
    if (isProblem(error, 401)) {
      await forgetSeen();
      return null;
    }
    // Without a line the app starts for whoever was here last: to write down, not to read.
    const seen = isProblem(error, 0) ? await take<Session>('last-seen', 'session').catch(() => undefined) : undefined;
    if (seen) return seen;
    throw error;
  }
}

export const sessionQuery = queryOptions({ queryKey: keys.session, queryFn: readSession, staleTime: 5 * 60_000 });

export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!data) throw new Error('nobody is signed in');
  return data;
}

// `code`: of the second factor, or a recovery code; asked for by the refusal code_required.
export async function signIn(client: QueryClient, email: string, password: string, code?: string): Promise<Session> {
  const session = await request<Session>('POST', '/session', { body: { email, password, code }, quiet401: true });
  begin(client, session);
  return session;
}

// The password was right, and a second factor is asked for.
export const needsCode = (error: unknown): boolean => isProblem(error, 401) && error.code === 'code_required';

export type SetUp = {
  token: string;
  organisation: string;
  currency: string;
  time_zone: string;
  name: string;
  email: string;
  password: string;
};

export async function setUp(client: QueryClient, body: SetUp): Promise<Session> {
  const session = await request<Session>('POST', '/setup', { body, quiet401: true });
  begin(client, session);
  return session;
}

// What a stranger is told of this server: whether the first set-up is open, whether it can mail a link, and the name of the provider that
// members may sign in by.
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: () => request<{ open: boolean; mail: boolean; provider: string | null }>('GET', '/setup'),
});

export const renameOrganisation = (name: string) =>
  request<{ name: string }>('PATCH', '/organisation', { body: { name } });

// `kind`: a new member was invited, or somebody has forgotten his password.
export type Invitation = { name: string; email: string; organisation: string; kind: 'invitation' | 'reset' };
export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: () => request<Invitation>('POST', '/invitation', { body: { token }, quiet401: true }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

// Sets the password of whom the link is for, who signs in with it then.
export const acceptInvitation = (token: string, password: string) =>
  request<Invitation>('POST', '/invitation', { body: { token, password }, quiet401: true });

// The answer is the same whether the address is anybody's or not.
export const reset_minutes = 60;
export const askReset = (email: string) =>
  request<object>('POST', '/session/reset', { body: { email }, quiet401: true });

// Leaves the app: the provider sends the browser back to `to`, signed in, or to /sign-in?refused=<code>.
export async function signInByProvider(to: string): Promise<void> {
  const { location: address } = await request<{ location: string }>('POST', '/session/provider', {
    body: { to },
    quiet401: true,
  });
  location.assign(address);
}

export async function signOut(client: QueryClient): Promise<void> {
  await request<null>('DELETE', '/session', { quiet401: true });
  await forgetSeen();
  client.clear();
  client.setQueryData(keys.session, null);
}

function begin(client: QueryClient, session: Session) {
  setCsrf(session.csrf);
  remember(session);
  client.clear();
  client.setQueryData(keys.session, session);
}
