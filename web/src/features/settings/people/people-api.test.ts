import { expect, test } from 'vitest';
import { type Branch, type Member, reportingTree } from './people-api.ts';

const member = (id: string, manager?: string) =>
  ({ id, name: id, manager: manager ? { id: manager, name: manager } : null }) as unknown as Member;
const told = (branches: Branch[]): unknown[] => branches.map((one) => [one.member.id, ...told(one.reports)]);

test('everybody stands under his manager; who has none, or one that is not there, stands on top', () => {
  const tree = reportingTree([member('a'), member('b', 'a'), member('c', 'b'), member('d', 'gone'), member('e', 'a')]);
  expect(told(tree)).toEqual([['a', ['b', ['c']], ['e']], ['d']]);
});
