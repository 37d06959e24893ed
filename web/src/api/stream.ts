// The line to the server's live changes. It comes back by itself with the last place it heard; three failures in a row (a proxy that
// holds the stream back, a server that is gone) make it ask instead, and try the line again later.
export type Message = { type: 'change' | 'notification' | 'definition' | 'reset'; data: string; id: string };
export type Source = {
  addEventListener: (type: string, heard: (event: Event) => void) => void;
  close: () => void;
};
export type Line = {
  open: (url: string) => Source;
  onMessage: (message: Message) => void;
  // It broke, or never stood: once, until it stands again.
  onBreak: () => void;
  onPoll: () => void;
};

const types = ['change', 'notification', 'definition', 'reset'] as const;
const failures_max = 3;
export const retry_ms = 3000;
export const poll_ms = 20_000;
const polls_before_retry = 15;

export function follow({ open, onMessage, onBreak, onPoll }: Line, from = ''): { stop: () => void; at: () => string } {
  let last = from;
  let failures = 0;
  let polls = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: Source | undefined;
  const connect = () => {
    timer = undefined;
    const now = open(`/api/v1/changes${last ? `?after=${last}` : ''}`);
    source = now;
    now.addEventListener('open', () => {
      failures = 0;
    });
    for (const type of types)
      now.addEventListener(type, (event) => {
        const { data, lastEventId } = event as MessageEvent<string>;
        failures = 0;
        if (lastEventId) last = lastEventId;
        onMessage({ type, data, id: last });
      });
    // The browser would try again by itself, but without counting and, at some refusals, never.
    now.addEventListener('error', () => {
      now.close();
      failures += 1;
      if (failures === 1) onBreak();
      timer = setTimeout(failures < failures_max ? connect : poll, failures < failures_max ? retry_ms : 0);
    });
  };
  const poll = () => {
    polls += 1;
    onPoll();
    timer = setTimeout(polls % polls_before_retry === 0 ? connect : poll, poll_ms);
  };
  connect();
  return {
    stop: () => {
      clearTimeout(timer);
      source?.close();
    },
    at: () => last,
  };
}
