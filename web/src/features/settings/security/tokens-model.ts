// What a token may do, as the form asks it and as the list says it; the scopes of the API are words that only take away.
import { daysBetween, dayOf, today } from '../../../i18n/format.ts';

// Each holds those before it; `all` is whatever its member may.
export const tokenLevels = ['all', 'read', 'write', 'admin'] as const;
export type TokenLevel = (typeof tokenLevels)[number];
// `objects`: no one else's records; none is all of them. To write holds no import, to administer does.
export type TokenReach = { level: TokenLevel; imports: boolean; objects: string[] };

const of = 'object:';

export function scopesOf({ level, imports, objects }: TokenReach): string[] {
  if (level === 'all') return [];
  return [level, ...(imports && level === 'write' ? ['import'] : []), ...objects.map((name) => of + name)];
}

// `level` is null for a token that does nothing but what else is said.
export function reachOf(scopes: string[]): Omit<TokenReach, 'level'> & { level: TokenLevel | null } {
  const highest = tokenLevels.filter((level) => scopes.includes(level)).at(-1) ?? null;
  return {
    level: scopes.length === 0 ? 'all' : highest,
    imports: scopes.includes('import'),
    objects: scopes.filter((scope) => scope.startsWith(of)).map((scope) => scope.slice(of.length)),
  };
}

const warned_days = 14;

export function toneOfExpiry(expires_at: string, now: Date = new Date()): 'plain' | 'warn' | 'bad' {
  if (Date.parse(expires_at) <= now.getTime()) return 'bad';
  return daysBetween(today(now), dayOf(expires_at)) <= warned_days ? 'warn' : 'plain';
}

export const days_max = 365;
export const isDays = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= days_max;
