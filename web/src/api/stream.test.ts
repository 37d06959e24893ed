import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { follow, type Message, poll_ms, retry_ms, type Source } from './stream.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Pipe implements Source {
  heard = new Map<string, (event: Event) => void>();
  closed = false;
  constructor(readonly url: string) {}
  addEventListener(type: string, heard: (event: Event) => void) {
    this.heard.set(type, heard);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data = '', lastEventId = '') {
    this.heard.get(type)?.({ data, lastEventId } as unknown as Event);
  }
}

function begin(from?: string) {
  const pipes: Pipe[] = [];
  const said: Message[] = [];
  let polls = 0;
  let breaks = 0;
  const line = follow(
    {
      open: (url) => {
        const pipe = new Pipe(url);
        pipes.push(pipe);
        return pipe;
      },
      onMessage: (message) => said.push(message),
      onBreak: () => {
        breaks += 1;
      },
      onPoll: () => {
        polls += 1;
      },
    },
    from,
  );
  return { pipes, said, line, polls: () => polls, breaks: () => breaks, now: () => pipes.at(-1) as Pipe };
}

test('a line that was cut goes on where it was', () => {
  const { pipes, said, now, line } = begin();
  expect(now().url).toBe('/api/v1/changes');
  now().say('open');
  now().say('change', '{}', '41');
  now().say('error');
  expect(pipes[0]?.closed).toBe(true);
  vi.advanceTimersByTime(retry_ms);
  expect(now().url).toBe('/api/v1/changes?after=41');
  expect(said).toEqual([{ type: 'change', data: '{}', id: '41' }]);
  line.stop();
  expect(now().closed).toBe(true);
});

test('another page that takes over begins where the first one was', () => {
  expect(begin('17').now().url).toBe('/api/v1/changes?after=17');
});

test('after three failures in a row it asks, and later tries the line again', () => {
  const { pipes, now, polls } = begin();
  for (let at = 0; at < 2; at += 1) {
    now().say('error');
    vi.advanceTimersByTime(retry_ms);
  }
  expect(pipes.length).toBe(3);
  now().say('error');
  vi.advanceTimersByTime(0);
  expect(polls()).toBe(1);
  vi.advanceTimersByTime(poll_ms * 3);
  expect(polls()).toBe(4);
  expect(pipes.length).toBe(3);
  vi.advanceTimersByTime(poll_ms * 12);
  expect(pipes.length).toBe(4);
  now().say('open');
  now().say('error');
  vi.advanceTimersByTime(retry_ms);
  expect(pipes.length).toBe(5);
});

test('of a line that breaks it is told once, until it stands again', () => {
  const { now, breaks } = begin();
  now().say('open');
  expect(breaks()).toBe(0);
  for (let at = 0; at < 3; at += 1) {
    now().say('error');
    vi.advanceTimersByTime(retry_ms);
  }
  expect(breaks()).toBe(1);
  now().say('open');
  now().say('error');
  expect(breaks()).toBe(2);
});
