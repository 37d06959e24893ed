// What was written without a line: kept on this device with its Idempotency-Key and sent when the line is back. The server
// does a key once, so that a request whose answer was lost may be sent again. A refusal keeps what was written, and says why.
import { drop, keep, takeAll } from '../lib/shelf.ts';
import { request } from './client.ts';
import { newMutationId } from './mutation-id.ts';
import { ApiProblem, isProblem, sentence } from './problem.ts';
import type { RecordData } from './types.ts';

export type Kept = {
  key: string;
  member: string;
  plural: string;
  body: { [field: string]: unknown };
  // In words: what it is, and the text that was typed.
  title: string;
  text: string;
  // The records on whose pages it is shown.
  about: { object: string; id: string; name: string }[];
  at: string;
  refused?: string;
};

// The server forgets a key after seven days; what was tried before that may be there already.
export const sure_ms = 6 * 24 * 3_600_000;
export const isUnsure = (kept: Kept, now: number): boolean => now - Date.parse(kept.at) > sure_ms;

let all: Kept[] = [];
let me = '';
let sending: Promise<Kept[]> | undefined;
const listeners = new Set<() => void>();

function set(next: Kept[]) {
  all = next;
  for (const heard of listeners) heard();
}

export const keptNow = (): Kept[] => all;
export function onKept(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

// Whoever signs in sees the own ones only; another's wait for their return.
export async function openOutbox(member: string): Promise<void> {
  me = member;
  const found = await takeAll<Kept>('outbox').catch(() => []);
  set(found.filter((one) => one.member === member).sort((a, b) => a.at.localeCompare(b.at)));
}

// No answer, or one that does not say whether it was done.
export const isNoAnswer = (error: unknown): boolean =>
  isProblem(error) && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504);

// Signed out, no line, too often, or a server in trouble: it is no word about what was written.
const isForLater = (error: unknown): boolean =>
  !(error instanceof ApiProblem) ||
  isNoAnswer(error) ||
  error.status === 401 ||
  error.status === 429 ||
  error.status >= 500 ||
  error.code === 'csrf_refused';

export type Draft = Omit<Kept, 'key' | 'member' | 'at' | 'refused'>;

const send = (kept: Pick<Kept, 'plural' | 'body' | 'key'>) =>
  request<RecordData>('POST', `/${kept.plural}`, { body: kept.body, key: kept.key });

// Creates it, or keeps it where there is no line: then null.
export async function createOrKeep(draft: Draft): Promise<RecordData | null> {
  const kept: Kept = { ...draft, key: newMutationId(), member: me, at: new Date().toISOString() };
  try {
    return await send(kept);
  } catch (error) {
    if (!isNoAnswer(error) || me === '') throw error;
    // A device that keeps nothing: the form still holds the text.
    await keep('outbox', kept.key, kept).catch(() => {
      throw error;
    });
    set([...all, kept]);
    return null;
  }
}

export async function discard(key: string): Promise<void> {
  await drop('outbox', key);
  set(all.filter((one) => one.key !== key));
}

async function refuse(kept: Kept, why: string): Promise<void> {
  const refused = { ...kept, refused: why };
  await keep('outbox', kept.key, refused);
  set(all.map((one) => (one.key === kept.key ? refused : one)));
}

// Refused once, it is sent again only when a person says so – under a new key, for it is a new attempt.
export async function retry(key: string): Promise<Kept[]> {
  const kept = all.find((one) => one.key === key);
  if (kept) {
    const fresh: Kept = { ...kept, key: newMutationId(), refused: undefined, at: new Date().toISOString() };
    await keep('outbox', fresh.key, fresh);
    await discard(kept.key);
    set([...all, fresh]);
  }
  return sendKept();
}

async function sendAll(): Promise<Kept[]> {
  const sent: Kept[] = [];
  for (const kept of all.filter((one) => !one.refused)) {
    if (isUnsure(kept, Date.now())) continue;
    try {
      await send(kept);
    } catch (error) {
      if (isForLater(error)) break;
      await refuse(kept, sentence(error));
      continue;
    }
    await discard(kept.key);
    sent.push(kept);
  }
  return sent;
}

// Sends what waits, in order; gives what went. Two tabs may do so at once: the key makes it one.
export function sendKept(): Promise<Kept[]> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}
