// The only place that calls fetch. A refusal is thrown as ApiProblem; a broken line too, with code `offline`.
import { newMutationId } from './mutation-id.ts';
import { ApiProblem, isProblem } from './problem.ts';
import { setReached } from './reach.ts';
import type { Problem } from './types.ts';

export type Query = { [name: string]: string | number | boolean | null | undefined };
export type Ask = {
  query?: Query;
  body?: unknown;
  raw?: Blob;
  version?: number | string;
  signal?: AbortSignal;
  quiet401?: boolean;
  // The Idempotency-Key of a request that is made again.
  key?: string;
  // It gives the session another cookie.
  renews?: boolean;
};

const state = {
  csrf: '',
  language: 'zh-CN',
  onSignedOut: () => {},
  onQueued: () => {},
  onProof: async () => false,
  asking: null as Promise<boolean> | null,
  renewing: null as Promise<unknown> | null,
  renewals: 0,
};

export function setCsrf(token: string) {
  state.csrf = token;
}
export function setLanguage(language: string) {
  state.language = language;
}
export function onSignedOut(listener: () => void) {
  state.onSignedOut = listener;
}

// A request that was answered 202 queued a job.
export function onQueued(listener: () => void): () => void {
  state.onQueued = listener;
  return () => {
    if (state.onQueued === listener) state.onQueued = () => {};
  };
}

// Asks whoever sits here to show that it is he, for all that waits for it; gives whether he did.
export function onProof(listener: () => Promise<boolean>): () => void {
  state.onProof = listener;
  return () => {
    if (state.onProof === listener) state.onProof = async () => false;
  };
}
function proved(): Promise<boolean> {
  state.asking ??= state.onProof().finally(() => {
    state.asking = null;
  });
  return state.asking;
}

// While `work` gives the session another cookie: what is refused with the one before is sent again.
export function renewing<T>(work: () => Promise<T>): Promise<T> {
  const renewal = work().finally(() => {
    state.renewing = null;
    state.renewals += 1;
  });
  state.renewing = renewal.catch(() => {});
  return renewal;
}

export function url(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const tail = search.toString();
  return `/api/v1${path}${tail ? `?${tail}` : ''}`;
}

// What changes security is refused until it was shown lately who asks; then that is asked for, and the request is made again, once.
export async function request<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const same = method === 'GET' ? ask : { ...ask, key: ask.key ?? newMutationId() };
  const { renewals } = state;
  try {
    return await send<T>(method, path, same).catch(async (error: unknown) => {
      if (ask.renews || !(await isCleared(error, renewals))) throw error;
      return await send<T>(method, path, same);
    });
  } catch (error) {
    if (isProblem(error, 401) && !ask.quiet401) state.onSignedOut();
    throw error;
  }
}

// Whether what stood against a request is no more. `renewals`: how many there had been when it was sent.
async function isCleared(error: unknown, renewals: number): Promise<boolean> {
  if (!isProblem(error)) return false;
  if (error.code === 'proof_required') return proved();
  if (error.code !== 'not_signed_in') return false;
  await state.renewing;
  return state.renewals !== renewals;
}

async function send<T>(method: string, path: string, ask: Ask): Promise<T> {
  const headers: { [name: string]: string } = { accept: 'application/json', 'accept-language': state.language };
  if (method !== 'GET') {
    headers['x-csrf-token'] = state.csrf;
    headers['idempotency-key'] = ask.key ?? '';
  }
  if (ask.body !== undefined) headers['content-type'] = 'application/json';
  if (ask.raw !== undefined) headers['content-type'] = 'application/octet-stream';
  if (ask.version !== undefined) headers['if-match'] = `"${ask.version}"`;
  let response: Response;
  try {
    response = await fetch(url(path, ask.query), {
      method,
      headers,
      body: ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body)),
      signal: ask.signal,
      credentials: 'same-origin',
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    setReached(false);
    throw new ApiProblem({ title: offlineSentence(), status: 0, code: 'offline' });
  }
  setReached(true);
  const text = await response.text();
  const data = text === '' ? null : parse(text);
  if (response.status === 202) state.onQueued();
  if (response.ok) return data as T;
  const problem = (data ?? {}) as Partial<Problem>;
  throw new ApiProblem({
    ...problem,
    title: problem.title ?? `${response.status} ${response.statusText}`,
    status: response.status,
    code: problem.code ?? 'unknown',
  });
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => request<T>('GET', path, { query, signal });
export const post = <T>(path: string, body?: unknown, query?: Query) => request<T>('POST', path, { body, query });

export async function getBytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(url(path), { signal, credentials: 'same-origin' });
  if (response.ok) return response.arrayBuffer();
  const problem = (parse(await response.text()) ?? {}) as Partial<Problem>;
  const { title = `${response.status} ${response.statusText}`, code = 'unknown' } = problem;
  throw new ApiProblem({ ...problem, title, code, status: response.status });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function offlineSentence(): string {
  return state.language.startsWith('zh')
    ? '连不上服务器，请检查网络后重试。'
    : 'The server cannot be reached. Check the network and try again.';
}
