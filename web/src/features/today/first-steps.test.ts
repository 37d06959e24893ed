import { expect, test } from 'vitest';
import { Catalogue } from '../../api/describe.ts';
import type { Session } from '../../api/types.ts';
import { stepsOf } from './first-steps-model.ts';

const object = (name: string, more: object) => ({
  name,
  plural: `${name}s`,
  fields: [],
  verbs: [],
  rights: { create: true, read: true, edit: true, ...more },
});
const catalogueOf = (member: object) =>
  new Catalogue({
    epoch: 1,
    objects: [
      object('member', member),
      ...['account', 'contact', 'deal', 'passage', 'activity', 'saved_view'].map((name) => object(name, {})),
    ] as never,
  });
const session = (rights: Partial<Session['rights']>) =>
  ({ member: { id: '1' }, rights: { import: false, export: false, admin: false, ...rights } }) as Session;
const keys = (catalogue: Catalogue, who: Session) => stepsOf(catalogue, who).map((step) => step.key);

test('an administrator brings in people and data first, a rep a customer', () => {
  expect(keys(catalogueOf({}), session({ admin: true, import: true }))).toEqual([
    'profile',
    'colleagues',
    'data',
    'moved',
    'talk',
    'view',
  ]);
  expect(keys(catalogueOf({ edit: false, create: false }), session({}))).toEqual([
    'account',
    'contact',
    'moved',
    'talk',
    'view',
  ]);
});

test('nothing is asked of what a member may not see', () => {
  const blind = new Catalogue({ epoch: 1, objects: [] });
  expect(keys(blind, session({}))).toEqual([]);
});
