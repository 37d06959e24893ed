import { describe, expect, it } from 'vitest';
import type { RecordData } from '../../api/types.ts';
import { defaultOf, ruleOf } from './default-access-model.ts';

const rule = (object: string, level: string, active = true, basis = 'all') =>
  ({ id: level, version: 1, object, level, active, basis }) as RecordData;

describe('what everybody may do with an object', () => {
  it('is nothing without a rule, or with one at rest', () => {
    expect(defaultOf([], 'deal')).toBe('private');
    expect(defaultOf([rule('deal', 'edit', false), rule('lead', 'edit')], 'deal')).toBe('private');
  });
  it('is the most that a rule says', () => {
    expect(defaultOf([rule('deal', 'read')], 'deal')).toBe('read');
    expect(defaultOf([rule('deal', 'read'), rule('deal', 'edit')], 'deal')).toBe('edit');
  });
  it('is by parent where a rule lets edit what belongs to a record; to read it is no news', () => {
    expect(defaultOf([rule('contact', 'edit', true, 'by_parent')], 'contact')).toBe('by_parent');
    expect(defaultOf([rule('contact', 'read', true, 'by_parent')], 'contact')).toBe('private');
    expect(defaultOf([rule('contact', 'edit', true, 'by_parent'), rule('contact', 'edit')], 'contact')).toBe('edit');
  });
  it('is said by one rule', () => {
    for (const level of ['by_parent', 'read', 'edit'] as const)
      expect(defaultOf([{ ...rule('contact', ''), ...ruleOf(level) } as RecordData], 'contact')).toBe(level);
    expect(ruleOf('private')).toBeNull();
  });
});
