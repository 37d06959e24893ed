// How well a name answers what was typed. A name is a row of parts – a character, or a word of letters –, each of which
// answers to itself, to its readings, and to the beginning of either: "khlxr", "kehulianxi" and "hx科技" are all understood. The
// readings come with lib/pinyin.ts; before that a character answers to itself alone.

let readingsOf: (character: string) => string[] = () => [];
export function readBy(table: (character: string) => string[]) {
  readingsOf = table;
}

export const ranks = {
  same: 7,
  // The name begins so, as it is written.
  prefix: 6,
  // It begins so as it is read: pinyin, initials, or both.
  read: 5,
  inside: 4,
  readInside: 3,
  // Its parts in their order, with gaps.
  gaps: 2,
  // Letters of its words in their order.
  letters: 1,
  none: 0,
} as const;

const part = /[\u3400-\u9fff]|[^\u3400-\u9fff\s\p{P}\p{S}]+/gu;

type Part = string[];
const partsOf = (name: string): Part[] => (name.match(part) ?? []).map((one) => [one, ...readingsOf(one)]);

function common(answer: string, typed: string, from: number): number {
  let length = 0;
  while (length < answer.length && answer[length] === typed[from + length]) length += 1;
  return length;
}

// The places in what was typed that a part leads to from one of `reached`.
function step(answers: Part, typed: string, reached: Set<number>): Set<number> {
  const next = new Set<number>();
  for (const from of reached)
    for (const answer of answers)
      for (let length = common(answer, typed, from); length > 0; length -= 1) next.add(from + length);
  return next;
}

function readsOn(parts: Part[], from: number, typed: string): boolean {
  let reached = new Set([0]);
  for (let at = from; at < parts.length && reached.size > 0; at += 1) {
    reached = step(parts[at] as Part, typed, reached);
    if (reached.has(typed.length)) return true;
  }
  return false;
}

function readsWithGaps(parts: Part[], typed: string): boolean {
  let reached = new Set([0]);
  for (const answers of parts) reached = new Set([...reached, ...step(answers, typed, reached)]);
  return reached.has(typed.length);
}

export function matchRank(name: string, typed: string): number {
  const what = typed.toLowerCase().replace(/[\s']+/g, '');
  const where = name.toLowerCase();
  const bare = where.replace(/\s+/g, '');
  if (what === '') return ranks.letters;
  if (bare === what) return ranks.same;
  if (bare.startsWith(what)) return ranks.prefix;
  const parts = partsOf(where);
  if (readsOn(parts, 0, what)) return ranks.read;
  if (bare.includes(what)) return ranks.inside;
  if (parts.some((_, at) => at > 0 && readsOn(parts, at, what))) return ranks.readInside;
  if (readsWithGaps(parts, what)) return ranks.gaps;
  let at = 0;
  for (const letter of bare) if (letter === what[at]) at += 1;
  return at === what.length ? ranks.letters : ranks.none;
}
