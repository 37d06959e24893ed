// How one gets in: the second factor, the sessions of one's devices, the tokens of one's programs – of oneself, and for administrators of
// others. Nobody is told when these change elsewhere, so every look asks anew.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { get, post, renewing, request } from './client.ts';
import { keys } from './query-keys.ts';
import type { Id } from './types.ts';

export type SecondFactor = { on: boolean; recovery_left: number };
// `key`: in base32, as it is typed; `uri`: otpauth://, as a camera reads it.
export type NewFactor = { key: string; uri: string };
// `agent`: what its browser says of itself.
export type Device = { id: Id; agent: string; since: string; expires_at: string; current: boolean };
// `scopes`: none is everything that its member may.
export type Token = { id: Id; name: string; scopes: string[]; since: string; expires_at: string };
export type TokenAsk = { name: string; scopes: string[]; days: number };
// `token` is said this once.
export type NewToken = { id: Id; token: string; expires_at: string };

export const secondFactorQuery = queryOptions({
  queryKey: keys.secondFactor,
  queryFn: ({ signal }) => get<SecondFactor>('/session/second_factor', undefined, signal),
  staleTime: 0,
});

export const devicesQuery = queryOptions({
  queryKey: keys.devices,
  queryFn: ({ signal }) => get<{ data: Device[] }>('/sessions', undefined, signal).then((page) => page.data),
  staleTime: 0,
});

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => get<{ data: Token[] }>('/tokens', undefined, signal).then((page) => page.data),
  staleTime: 0,
});

// A key for the authenticator; nothing is asked for before its first code has come.
export const beginSecondFactor = (password: string) => post<NewFactor>('/session/second_factor', { password });

// From now on the second factor is asked for, and every other session has ended. Gives the recovery codes, this once.
export async function confirmSecondFactor(client: QueryClient, code: string): Promise<string[]> {
  // A wrong code is a 401, too, and ends nothing.
  const ask = { body: { code }, quiet401: true };
  const { recovery } = await request<{ recovery: string[] }>('PUT', '/session/second_factor', ask);
  await Promise.all([askAnew(client, keys.secondFactor), askAnew(client, keys.devices)]);
  return recovery;
}

// Ten others; those before are void.
export async function renewRecovery(client: QueryClient): Promise<string[]> {
  const { recovery } = await post<{ recovery: string[] }>('/session/second_factor/recovery');
  await askAnew(client, keys.secondFactor);
  return recovery;
}

export async function endSecondFactor(client: QueryClient, password: string): Promise<void> {
  await request<null>('DELETE', '/session/second_factor', { body: { password } });
  await askAnew(client, keys.secondFactor);
}

export async function endDevice(client: QueryClient, id: Id): Promise<void> {
  await request<null>('DELETE', `/sessions/${id}`);
  await askAnew(client, keys.devices);
}

export async function endOtherDevices(client: QueryClient): Promise<void> {
  await request<null>('DELETE', '/sessions');
  await askAnew(client, keys.devices);
}

export async function makeToken(client: QueryClient, ask: TokenAsk): Promise<NewToken> {
  const made = await post<NewToken>('/tokens', ask);
  await askAnew(client, keys.tokens);
  return made;
}

export async function revokeToken(client: QueryClient, id: Id): Promise<void> {
  await request<null>('DELETE', `/tokens/${id}`);
  await askAnew(client, keys.tokens);
}

// Who one is to the provider that one may sign in by. `subject`: the provider's number of that person, for good.
export type Identity = { id: Id; issuer: string; subject: string; since: string };

const identitiesAt = (path: string, queryKey: readonly string[]) =>
  queryOptions({
    queryKey,
    queryFn: ({ signal }) => get<{ data: Identity[] }>(path, undefined, signal).then((page) => page.data),
    staleTime: 0,
  });
export const identitiesQuery = identitiesAt('/session/identities', keys.identities);
export const identitiesOfQuery = (member: Id) =>
  identitiesAt(`/members/${member}/identities`, keys.identitiesOf(member));

// Leaves the app; the provider sends the browser back to the settings.
export async function linkIdentity(password: string): Promise<void> {
  const { location: address } = await post<{ location: string }>('/session/identities', { password });
  location.assign(address);
}

export async function endIdentity(client: QueryClient, id: Id): Promise<void> {
  await request<null>('DELETE', `/session/identities/${id}`);
  await askAnew(client, keys.identities);
}

export async function linkIdentityOf(client: QueryClient, member: Id, subject: string): Promise<void> {
  await post<{ id: Id }>(`/members/${member}/identities`, { subject });
  await askAnew(client, keys.identitiesOf(member));
}

export async function endIdentityOf(client: QueryClient, member: Id, id: Id): Promise<void> {
  await request<null>('DELETE', `/members/${member}/identities/${id}`);
  await askAnew(client, keys.identitiesOf(member));
}

// What shows that it is oneself: where a second factor is on, a code of it.
export type Proof = { password?: string; code?: string };
export const prove = (proof: Proof) =>
  renewing(() => request<null>('POST', '/session/proof', { body: proof, quiet401: true, renews: true }));

export type PasswordChange = { password: string; new_password: string; code?: string };
export async function changePassword(client: QueryClient, ask: PasswordChange): Promise<void> {
  await request<null>('POST', '/session/password', { body: ask, quiet401: true });
  await askAnew(client, keys.devices);
}

// `network`: around the address it came from; empty where it is not known.
export type Knock = {
  seq: string;
  at: string;
  verb: 'signed_in' | 'signed_out' | 'sign_in_refused' | 'code_refused' | 'proved';
  agent: string;
  network: string;
};
const knocksAt = (path: string, queryKey: readonly string[]) =>
  queryOptions({
    queryKey,
    queryFn: ({ signal }) => get<{ data: Knock[] }>(path, undefined, signal).then((page) => page.data),
    staleTime: 0,
  });
export const knocksQuery = knocksAt('/session/sign_ins', keys.knocks);
export const knocksOfQuery = (member: Id) => knocksAt(`/members/${member}/sign_ins`, keys.knocksOf(member));

export const endSessionsOf = (member: Id) => request<null>('DELETE', `/members/${member}/sessions`);
export const unlockCodesOf = (member: Id) => request<null>('DELETE', `/members/${member}/code_lock`);
export const endSecondFactorOf = (member: Id) => request<null>('DELETE', `/members/${member}/second_factor`);

const askAnew = (client: QueryClient, queryKey: readonly string[]) => client.invalidateQueries({ queryKey });
