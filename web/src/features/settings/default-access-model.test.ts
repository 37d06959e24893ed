import { describe, expect, it } from 'vitest';
import type { RecordData } from '../../api/types.ts';
import { defaultOf } from './default-access-model.ts';

const rule = (object: string, level: string, active = true) =>
  ({ id: level, version: 1, object, level, active }) as RecordData;

describe('what everybody may do with an object', () => {
  it('is nothing without a rule, or with one at rest', () => {
    expect(defaultOf([], 'deal')).toBe('private');
    expect(defaultOf([rule('deal', 'edit', false), rule('lead', 'edit')], 'deal')).toBe('private');
  });
  it('is the most that a rule says', () => {
    expect(defaultOf([rule('deal', 'read')], 'deal')).toBe('read');
    expect(defaultOf([rule('deal', 'read'), rule('deal', 'edit')], 'deal')).toBe('edit');
  });
});
