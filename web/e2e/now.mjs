// The moment of the run: half past nine in Shanghai on a Wednesday of an ordinary week, for servers and browsers alike. In a house that is
// looked at it stands still, so that pictures stay the same; in one that is travelled through it goes on as time does. Another one is chosen
// by E2E_NOW.
import { renameSync, writeFileSync } from 'node:fs';

const tick_ms = 100;
const start_ms = Date.parse(process.env.E2E_NOW ?? '2026-03-18T01:30:00Z');

export const standing = { start_ms, since_ms: null };
export const going = () => ({ start_ms, since_ms: Date.now() });
export const day = (ahead) => new Date(start_ms + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
const now = (clock) => clock.start_ms + (clock.since_ms === null ? 0 : Date.now() - clock.since_ms);

// The file a server reads its clock from.
export function keepClock(file, clock) {
  const write = () => {
    writeFileSync(`${file}.next`, new Date(now(clock)).toISOString());
    renameSync(`${file}.next`, file);
  };
  write();
  if (clock.since_ms === null) return () => {};
  const timer = setInterval(write, tick_ms);
  return () => clearInterval(timer);
}

// Runs in the page, before its own scripts.
export function moveClock({ start_ms, since_ms }) {
  const True = Date;
  const now = () => start_ms + (since_ms === null ? 0 : True.now() - since_ms);
  window.Date = class extends True {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [now()]));
    }
    static now() {
      return now();
    }
  };
}
