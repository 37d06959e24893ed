// What the palette shows for what was typed. With nothing typed: what this screen can do, where one was, everything else.
// Else: what fits well, then the records the server found, then what fits with gaps.
import { matchRank, ranks } from '../lib/match.ts';
import '../lib/pinyin.ts';
import type { Action, ActionGroup } from './registry.ts';

export type EntryGroup = ActionGroup | 'recent' | 'records';
export type Entry = {
  key: string;
  label: string;
  group: EntryGroup;
  icon?: string;
  detail?: string;
  // Found under these words, too.
  also?: string;
  keys?: string;
  path?: string;
  run?: () => boolean | void;
};

const order: EntryGroup[] = ['here', 'record', 'list', 'recent', 'go', 'records', 'create', 'view', 'help'];
const recent_max = 6;
const found_max = 8;

export function entriesOf(actions: Action[], recent: Entry[]): Entry[] {
  const listed = actions.filter((one) => !one.keysOnly).map(({ id, ...one }): Entry => ({ key: id, ...one }));
  return [...listed, ...recent].sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

const rankOf = (entry: Entry, typed: string): number =>
  Math.max(
    matchRank(entry.label, typed),
    // Less than the name itself: 客户 is the page before 联系人, which stands in the group 客户.
    entry.also ? Math.min(ranks.gaps, matchRank(`${entry.also} ${entry.label}`, typed)) : 0,
  );

// `sure`: the first one is what was meant, whatever the server will find.
export function paletteEntries(entries: Entry[], typed: string, hits: Entry[]): { shown: Entry[]; sure: boolean } {
  if (typed.trim() === '') {
    let recent = 0;
    return { shown: entries.filter((one) => one.group !== 'recent' || ++recent <= recent_max), sure: true };
  }
  const ranked = entries
    .map((entry) => ({ entry, rank: rankOf(entry, typed) }))
    .filter((one) => one.rank > 0)
    .sort((a, b) => b.rank - a.rank || Number(b.entry.group === 'recent') - Number(a.entry.group === 'recent'));
  // What was visited is not named twice.
  const seen = new Set<string>();
  const once = ranked.filter(({ entry }) => !entry.path || (!seen.has(entry.path) && seen.add(entry.path)));
  const groups = new Map<EntryGroup, { best: number; entries: Entry[] }>();
  for (const { entry, rank } of once) {
    const group = groups.get(entry.group) ?? { best: rank, entries: [] };
    if (group.entries.length < found_max) group.entries.push(entry);
    groups.set(entry.group, group);
  }
  const sorted = [...groups.values()].sort((a, b) => b.best - a.best);
  const good = sorted.filter((group) => group.best >= ranks.readInside);
  const weak = sorted.filter((group) => group.best < ranks.readInside);
  const others = hits.filter((hit) => !seen.has(hit.path ?? ''));
  const shown = [...good.flatMap((group) => group.entries), ...others, ...weak.flatMap((group) => group.entries)];
  return { shown, sure: good.length > 0 };
}
