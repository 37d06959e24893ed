// A filter while it is built: the same tree with a key for each part, so that what is typed stays with its row.
import { type Condition, isGroup, levels_max, type Node, printNode } from '../../lib/formula.ts';
import { isComplete } from './operators.ts';

export type DraftCondition = { key: number; condition: Condition | null };
export type DraftGroup = { key: number; join: 'and' | 'or'; items: Draft[] };
export type Draft = DraftCondition | DraftGroup;

export const isDraftGroup = (draft: Draft): draft is DraftGroup => 'items' in draft;

let last = 0;
const key = () => {
  last += 1;
  return last;
};
export const emptyRow = (): DraftCondition => ({ key: key(), condition: null });
export const emptyGroup = (join: 'and' | 'or'): DraftGroup => ({ key: key(), join, items: [emptyRow()] });

const draftOf = (node: Node): Draft =>
  isGroup(node) ? { key: key(), join: node.join, items: node.items.map(draftOf) } : { key: key(), condition: node };

// One `or` alone is the outermost group itself.
export function rootOf(items: Node[]): DraftGroup {
  const only = items.length === 1 ? items[0] : undefined;
  if (only && isGroup(only)) return draftOf(only) as DraftGroup;
  const root: DraftGroup = { key: key(), join: 'and', items: items.map(draftOf) };
  return root.items.length > 0 ? root : { ...root, items: [emptyRow()] };
}

// Rows that say nothing yet are left out, groups that became empty too.
export function nodeOf(draft: Draft): Node | null {
  if (!isDraftGroup(draft)) return draft.condition && isComplete(draft.condition) ? draft.condition : null;
  const items = draft.items.flatMap((item) => nodeOf(item) ?? []);
  const only = items[0];
  if (!only) return null;
  return items.length === 1 ? only : { join: draft.join, items };
}

export function textOf(root: DraftGroup): string {
  const node = nodeOf(root);
  return node ? printNode(node) : '';
}

// A row that was begun and not finished.
export const isOpen = (draft: Draft): boolean =>
  isDraftGroup(draft) ? draft.items.some(isOpen) : !!draft.condition && !isComplete(draft.condition);

export function replaced(group: DraftGroup, at: number, next: Draft | null): DraftGroup {
  const items = next
    ? group.items.map((item) => (item.key === at ? next : item))
    : group.items.filter((item) => item.key !== at);
  return { ...group, items };
}

export const levelsOf = (node: Node): number => (isGroup(node) ? 1 + Math.max(0, ...node.items.map(levelsOf)) : 0);
// Deeper than the builder shows.
export const isTooDeep = (items: Node[]): boolean => {
  const only = items.length === 1 ? items[0] : undefined;
  return levelsOf(only && isGroup(only) ? only : { join: 'and', items }) > levels_max;
};
