// What the rules of sharing for everyone come to that are for all records of an object, or go by what a record belongs to.
import type { Fields } from '../../api/records.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';

export const defaultLevels = ['private', 'by_parent', 'read', 'edit'] as const;
export type DefaultLevel = (typeof defaultLevels)[number];

export const defaultsFilter = 'basis in ("all", "by_parent") and audience = "everyone"';

export const levelsOf = (object: ObjectDef): DefaultLevel[] =>
  defaultLevels.filter((level) => level !== 'by_parent' || object.by_parent);

export function defaultOf(rules: RecordData[], object: string): DefaultLevel {
  const active = rules.filter((rule) => rule.object === object && rule.active);
  const has = (basis: string, level: string) => active.some((rule) => rule.basis === basis && rule.level === level);
  if (has('all', 'edit')) return 'edit';
  if (has('by_parent', 'edit')) return 'by_parent';
  return has('all', 'read') ? 'read' : 'private';
}

// What a rule says to come to this level; null: none says it.
export const ruleOf = (level: DefaultLevel): Fields | null =>
  level === 'private'
    ? null
    : { basis: level === 'by_parent' ? 'by_parent' : 'all', level: level === 'read' ? 'read' : 'edit' };
