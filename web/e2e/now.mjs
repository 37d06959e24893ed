// The moment of the journeys: half past nine in Shanghai on a Wednesday of an ordinary week, for servers and browsers alike;
// from there it goes on as time does. Another one is chosen by E2E_NOW.
import { renameSync, writeFileSync } from 'node:fs';

const tick_ms = 100;
export const ahead_ms = Date.parse(process.env.E2E_NOW ?? '2026-03-18T01:30:00Z') - Date.now();

export const now = () => Date.now() + ahead_ms;
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
export function moveClock(ahead) {
  const True = Date;
  window.Date = class extends True {
    constructor(...parts) {
      super(...(parts.length > 0 ? parts : [True.now() + ahead]));
    }
    static now() {
      return True.now() + ahead;
    }
  };
}
