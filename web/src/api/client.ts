// The only place that calls fetch. A refusal is thrown as ApiProblem; a broken line too, with code `offline`.
import { newMutationId } from './mutation-id.ts';
import { ApiProblem } from './problem.ts';
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
};

const state = { csrf: '', language: 'zh-CN', onSignedOut: () => {}, onQueued: () => {} };

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

export function url(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const tail = search.toString();
  return `/api/v1${path}${tail ? `?${tail}` : ''}`;
}

export async function request<T>(method: string, path: string, ask: Ask = {}): Promise<T> {
  const headers: { [name: string]: string } = { accept: 'application/json', 'accept-language': state.language };
  if (method !== 'GET') {
    headers['x-csrf-token'] = state.csrf;
    headers['idempotency-key'] = ask.key ?? newMutationId();
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
  if (response.status === 401 && !ask.quiet401) state.onSignedOut();
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
