// A mention of somebody in a text. On the wire it is `@[张三](17)`, so that it survives a change of name; while it is typed and
// wherever it is read it is `@张三`.
export type Mentioned = { [label: string]: string };

const wire = /@\[([^\]\n]+)\]\((\d{1,19})\)/g;

export type Part = { text: string; member?: string };

// The text in order, mentions apart.
export function parts(text: string): Part[] {
  const found: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(wire)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index) });
    found.push({ text: `@${match[1]}`, member: match[2] });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from) });
  return found;
}

export const plainText = (text: string): string => (text.includes('@[') ? text.replace(wire, '@$1') : text);

// Who is mentioned, by what stands in the plain text. Two of one name are told apart by the end of their ids.
export function mentionedIn(text: string): Mentioned {
  const known: Mentioned = {};
  for (const [, name = '', id = ''] of text.matchAll(wire)) known[name] ??= id;
  return known;
}

export function labelFor(known: Mentioned, name: string, id: string): string {
  const clean = name.replace(/[[\]\n]/g, ' ').trim();
  return known[clean] === undefined || known[clean] === id ? clean : `${clean}#${id.slice(-4)}`;
}

// Longer names first: 张三 must not eat the beginning of 张三丰.
export function toWire(text: string, known: Mentioned): string {
  const labels = Object.keys(known).sort((a, b) => b.length - a.length);
  if (labels.length === 0) return text;
  const any = new RegExp(`@(${labels.map((label) => label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'g');
  return text.replace(any, (_, label: string) => `@[${label}](${known[label]})`);
}

// What is being typed after an @ before the caret; null when nothing is. An e-mail address is no mention.
export function typedAt(text: string, caret: number): { from: number; query: string } | null {
  const match = /(^|[^A-Za-z0-9._%+-])@([^\s@[\]()，。、；：！？,;:!?]{0,20})$/.exec(text.slice(0, caret));
  if (!match) return null;
  const query = match[2] ?? '';
  return { from: caret - query.length - 1, query };
}
