import { queryOptions } from '@tanstack/react-query';
import { get, post } from '../../../api/client.ts';
import type { Id, Page, RecordData, Reference } from '../../../api/types.ts';

export type Member = RecordData & { manager?: Reference | null; team?: Reference | null };
// As many as one answer holds; the list page has all of them.
export const shown_max = 1000;
export const membersQuery = queryOptions({
  queryKey: ['records', 'members', 'list', 'settings'],
  queryFn: ({ signal }) =>
    get<Page<Member>>('/members', { sort: 'name', limit: shown_max, count: 'none' }, signal).then((page) => page.data),
});

// The link is said once: the server keeps only its hash.
export const inviteMember = (id: Id) =>
  post<{ path: string; days: number }>(`/members/${id}/invitation`).then((answer) => ({
    link: `${location.origin}${answer.path}`,
    days: answer.days,
  }));

export type Branch = { member: Member; reports: Branch[] };

// Who reports to whom. A manager who is not among them counts as none.
export function reportingTree(members: Member[]): Branch[] {
  const known = new Set(members.map((member) => member.id));
  const above = (member: Member) => (member.manager && known.has(member.manager.id) ? member.manager.id : '');
  const below = new Map<string, Member[]>();
  for (const member of members) below.set(above(member), [...(below.get(above(member)) ?? []), member]);
  const grow = (id: string): Branch[] => (below.get(id) ?? []).map((member) => ({ member, reports: grow(member.id) }));
  return grow('');
}
