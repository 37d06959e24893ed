import { afterEach, expect, test, vi } from 'vitest';
import { onProof, onSignedOut, post, renewing, request } from './client.ts';

type Answer = { status: number; code?: string };
const sent: { path: string; key: string | undefined }[] = [];

// Answers in the order of the questions; the last one again and again.
function server(...answers: Answer[]) {
  sent.length = 0;
  vi.stubGlobal('fetch', async (path: string, { headers }: { headers: { [name: string]: string } }) => {
    const { status, code } = answers[Math.min(sent.length, answers.length - 1)] as Answer;
    sent.push({ path, key: headers['idempotency-key'] });
    return new Response(JSON.stringify(code ? { code, title: code, status } : { done: true }), { status });
  });
}
const stale = { status: 403, code: 'proof_required' };
const unknown = { status: 401, code: 'not_signed_in' };
const good = { status: 200 };

afterEach(() => vi.unstubAllGlobals());

test('a proof is asked for and the same request made again', async () => {
  server(stale, good);
  const end = onProof(async () => true);
  expect(await post('/tokens', {})).toEqual({ done: true });
  end();
  expect(sent.length).toBe(2);
  expect(sent[0]).toEqual(sent[1]);
});

test('it is made again once, and not at all where nobody gives a proof', async () => {
  server(stale);
  const end = onProof(async () => true);
  await expect(post('/tokens', {})).rejects.toMatchObject({ code: 'proof_required' });
  expect(sent.length).toBe(2);
  end();
  server(stale);
  await expect(post('/tokens', {})).rejects.toMatchObject({ code: 'proof_required' });
  expect(sent.length).toBe(1);
});

test('one question serves all that wait for it', async () => {
  server(stale, stale, good);
  let asked = 0;
  const end = onProof(async () => {
    asked += 1;
    return true;
  });
  await Promise.all([post('/a'), post('/b')]);
  end();
  expect(asked).toBe(1);
});

test('what was sent with the cookie before is sent with the new one, and nobody is signed out by it', async () => {
  let isOut = false;
  onSignedOut(() => {
    isOut = true;
  });
  server(unknown, good);
  const done: (() => void)[] = [];
  const renewal = renewing(() => new Promise<void>((end) => done.push(end)));
  const late = request('GET', '/deals');
  await vi.waitFor(() => expect(sent.length).toBe(1));
  for (const end of done) end();
  await renewal;
  expect(await late).toEqual({ done: true });
  expect(isOut).toBe(false);
  server(unknown);
  await expect(request('GET', '/deals')).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(isOut).toBe(true);
});
