// How well a name answers what was typed: 3 prefix, 2 inside, 1 the letters in order, 0 not at all.
export function matchRank(name: string, typed: string): number {
  const where = name.toLowerCase();
  const what = typed.toLowerCase().trim();
  if (what === '') return 1;
  if (where.startsWith(what)) return 3;
  if (where.includes(what)) return 2;
  let at = 0;
  for (const letter of where) if (letter === what[at]) at += 1;
  return at === what.length ? 1 : 0;
}
