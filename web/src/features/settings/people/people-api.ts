import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, post } from '../../../api/client.ts';
import type { Id, Page, RecordData, Reference } from '../../../api/types.ts';

export type Member = RecordData & { manager?: Reference | null; team?: Reference | null };
const page_size = 100;
const answer_max = 1000;
const ofMembers = (...rest: unknown[]) => ['records', 'members', 'list', 'settings', ...rest];

// Page by page, as they are read; `find` is the server's search: name, pinyin, e-mail.
export const memberPagesQuery = (find: string) =>
  infiniteQueryOptions({
    queryKey: ofMembers('pages', find),
    queryFn: ({ pageParam, signal }) =>
      get<Page<Member>>(
        '/members',
        { q: find, sort: 'name', limit: page_size, after: pageParam, count: pageParam ? 'none' : 'exact' },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: (old) => old,
  });

// Everybody, for what is told of all: who reports to whom, who holds a role, who is in a team.
export const membersQuery = queryOptions({
  queryKey: ofMembers('all'),
  queryFn: async ({ signal }) => {
    const all: Member[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: Page<Member> = await get(
        '/members',
        { sort: 'name', limit: answer_max, after, count: 'none' },
        signal,
      );
      all.push(...page.data);
      after = page.next;
    }
    return all;
  },
});

// `isMailed`: one of its own is on its way to the member's mailbox.
export type InvitationLink = { link: string; days: number; isMailed: boolean };

// The link is said once: the server keeps only its hash.
export const inviteMember = (id: Id): Promise<InvitationLink> =>
  post<{ path: string; days: number; mailed: boolean }>(`/members/${id}/invitation`).then((answer) => ({
    link: `${location.origin}${answer.path}`,
    days: answer.days,
    isMailed: answer.mailed,
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
