// What the rules of sharing for all records and everyone come to.
import type { RecordData } from '../../api/types.ts';

export const defaultLevels = ['private', 'read', 'edit'] as const;
export type DefaultLevel = (typeof defaultLevels)[number];

export const defaultsFilter = 'basis = "all" and audience = "everyone"';

export function defaultOf(rules: RecordData[], object: string): DefaultLevel {
  const levels = rules.filter((rule) => rule.object === object && rule.active).map((rule) => rule.level);
  return levels.includes('edit') ? 'edit' : levels.includes('read') ? 'read' : 'private';
}
