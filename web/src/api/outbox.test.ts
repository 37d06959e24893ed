import { beforeEach, expect, test, vi } from 'vitest';
import { ApiProblem } from './problem.ts';

const shelf = vi.hoisted(() => new Map<string, unknown>());
const line = vi.hoisted(() => ({ asked: [] as { path: string; key: string }[], answers: [] as (number | Error)[] }));

vi.mock('../lib/shelf.ts', () => ({
  keep: async (_: string, key: string, value: unknown) => void shelf.set(key, value),
  drop: async (_: string, key: string) => void shelf.delete(key),
  takeAll: async () => [...shelf.values()],
}));
vi.mock('./client.ts', () => ({
  request: async (_: string, path: string, ask: { key: string; body: { body: string } }) => {
    line.asked.push({ path, key: ask.key });
    const answer = line.answers.shift() ?? 201;
    if (answer instanceof Error) throw answer;
    return { id: '1', version: 1, body: ask.body.body };
  },
}));

const { createOrKeep, discard, keptNow, openOutbox, retry, sendKept, sure_ms } = await import('./outbox.ts');

const problem = (status: number, code = 'x') => new ApiProblem({ title: `${status}`, status, code });
const noLine = () => problem(0, 'offline');
const note = (text: string) => ({ plural: 'notes', body: { body: text }, title: 'N', text, about: [] });
const texts = () => keptNow().map((kept) => kept.text);

beforeEach(async () => {
  shelf.clear();
  line.asked = [];
  line.answers = [];
  await openOutbox('7');
});

test('with a line nothing is kept', async () => {
  expect(await createOrKeep(note('a'))).not.toBeNull();
  expect(keptNow()).toEqual([]);
  expect(shelf.size).toBe(0);
});

test.each([0, 502, 503, 504])(
  'an answer of %i says not whether it was done: it is kept, and sent under the same key',
  async (status) => {
    line.answers = [problem(status)];
    expect(await createOrKeep(note('a'))).toBeNull();
    expect(shelf.size).toBe(1);
    await openOutbox('7');
    expect(texts()).toEqual(['a']);
    expect((await sendKept()).map((kept) => kept.text)).toEqual(['a']);
    expect(line.asked[1]?.key).toBe(line.asked[0]?.key);
    expect(shelf.size).toBe(0);
  },
);

test.each([400, 403, 409, 422, 500])('an answer of %i is for the form', async (status) => {
  line.answers = [problem(status)];
  await expect(createOrKeep(note('a'))).rejects.toThrow(`${status}`);
  expect(keptNow()).toEqual([]);
});

test('what waits goes in its order and stops where there is no line again', async () => {
  for (const text of ['a', 'b', 'c']) {
    line.answers = [noLine()];
    await createOrKeep(note(text));
  }
  line.answers = [201, noLine()];
  expect((await sendKept()).map((kept) => kept.text)).toEqual(['a']);
  expect(texts()).toEqual(['b', 'c']);
});

test.each([
  ['signed out', problem(401)],
  ['a stale token', problem(403, 'csrf_refused')],
  ['too often', problem(429)],
  ['a server in trouble', problem(500)],
])('%s is no word about what was written', async (_, answer) => {
  line.answers = [noLine(), answer];
  await createOrKeep(note('a'));
  expect(await sendKept()).toEqual([]);
  expect(keptNow()[0]?.refused).toBeUndefined();
});

test('a refusal keeps the text, lets the next one go, and is tried again only when asked, under a new key', async () => {
  for (const text of ['a', 'b']) {
    line.answers = [noLine()];
    await createOrKeep(note(text));
  }
  line.answers = [problem(422)];
  expect((await sendKept()).map((kept) => kept.text)).toEqual(['b']);
  const [kept] = keptNow();
  expect([kept?.text, kept?.refused]).toEqual(['a', '422']);
  expect(await sendKept()).toEqual([]);
  await retry(kept?.key ?? '');
  expect(line.asked.at(-1)?.key).not.toBe(kept?.key);
  expect(keptNow()).toEqual([]);
  expect(shelf.size).toBe(0);
});

test('older than the server remembers: it may be there, so a person decides', async () => {
  line.answers = [noLine()];
  await createOrKeep(note('a'));
  const [kept] = keptNow();
  shelf.set(kept?.key ?? '', { ...kept, at: new Date(Date.now() - sure_ms - 1000).toISOString() });
  await openOutbox('7');
  expect(await sendKept()).toEqual([]);
  expect(texts()).toEqual(['a']);
  await discard(kept?.key ?? '');
  expect(shelf.size).toBe(0);
});

test('another member sees nothing of it and sends nothing of it', async () => {
  line.answers = [noLine()];
  await createOrKeep(note('a'));
  await openOutbox('8');
  expect(keptNow()).toEqual([]);
  expect(await sendKept()).toEqual([]);
  await openOutbox('7');
  expect(texts()).toEqual(['a']);
});
