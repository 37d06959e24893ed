// Where a member was last: records and pages, twenty of them, on this device only. Forgotten at sign-out.
export type Visit = { path: string; label?: string; object?: string };

const visits_max = 20;
const prefix = 'shangdao.recent.';

// Nothing here is worth a failure: a full or forbidden storage means no memory.
function write(key: string, visits: Visit[]) {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(visits));
  } catch {
    // Private windows of old browsers.
  }
}

export function visitsOf(member: string): Visit[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(prefix + member) ?? '[]');
    return Array.isArray(saved) ? saved.filter((one) => typeof one?.path === 'string').slice(0, visits_max) : [];
  } catch {
    return [];
  }
}

export function visited(visits: Visit[], visit: Visit): Visit[] {
  return [visit, ...visits.filter((one) => one.path !== visit.path)].slice(0, visits_max);
}

export function remember(member: string, visit: Visit) {
  write(member, visited(visitsOf(member), visit));
}

export function forget(member: string, path: string) {
  const visits = visitsOf(member);
  if (visits.some((one) => one.path === path))
    write(
      member,
      visits.filter((one) => one.path !== path),
    );
}

export function forgetAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
