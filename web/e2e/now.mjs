// The moment of the journeys: half past nine in Shanghai on a Wednesday of an ordinary week, for servers and browsers alike. It stands
// still while pictures are taken, and goes on as time does from the first journey. Another one is chosen by E2E_NOW.
import { renameSync, writeFileSync } from 'node:fs';

const tick_ms = 100;
const clock = { start_ms: Date.parse(process.env.E2E_NOW ?? '2026-03-18T01:30:00Z'), since_ms: null };

export const clockNow = () => ({ ...clock });
export function letTimeGo() {
  clock.since_ms ??= Date.now();
}
export const now = () => clock.start_ms + (clock.since_ms === null ? 0 : Date.now() - clock.since_ms);
export const day = (ahead) => new Date(now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);

// The file a server reads its clock from.
export function keepClock(file) {
  const write = () => {
    writeFileSync(`${file}.next`, new Date(now()).toISOString());
    renameSync(`${file}.next`, file);
  };
  write();
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
