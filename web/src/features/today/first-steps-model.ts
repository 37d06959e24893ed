// The first steps of a member, each measured by what is in the store; which of them stand there depends on what one may do.
import type { Catalogue } from '../../api/describe.ts';
import type { QueryAsk } from '../../api/query.ts';
import type { Session } from '../../api/types.ts';

export const step_keys = ['profile', 'colleagues', 'data', 'account', 'contact', 'moved', 'talk', 'view'] as const;
export type StepKey = (typeof step_keys)[number];
export type Step = {
  key: StepKey;
  allowed: (catalogue: Catalogue, session: Session) => boolean;
  ask: Pick<QueryAsk, 'from' | 'where'>;
  more_than: number;
  object: string;
  to: (session: Session) => { to: string; search?: { [name: string]: string } };
};
export const steps_max = 6;

const may =
  (object: string, right: 'create' | 'edit' | 'read') =>
  (catalogue: Catalogue): boolean =>
    !!catalogue.object(object)?.rights[right];
const fresh = (to: string) => () => ({ to, search: { new: '1' } });

const all: Step[] = [
  {
    key: 'profile',
    allowed: may('member', 'edit'),
    ask: { from: 'members', where: 'id = me() and (mobile != null or job_title != null)' },
    more_than: 0,
    object: 'member',
    to: ({ member }) => ({ to: `/members/${member.id}` }),
  },
  {
    key: 'colleagues',
    allowed: (catalogue, session) => session.rights.admin && may('member', 'create')(catalogue),
    ask: { from: 'members', where: 'active' },
    more_than: 1,
    object: 'member',
    to: fresh('/members'),
  },
  {
    key: 'data',
    allowed: (_, session) => session.rights.import,
    ask: { from: 'accounts' },
    more_than: 0,
    object: 'account',
    to: () => ({ to: '/import' }),
  },
  {
    key: 'account',
    allowed: (catalogue, session) => !session.rights.import && may('account', 'create')(catalogue),
    ask: { from: 'accounts', where: 'owner = me()' },
    more_than: 0,
    object: 'account',
    to: fresh('/accounts'),
  },
  {
    key: 'contact',
    allowed: (catalogue, session) => !session.rights.admin && may('contact', 'create')(catalogue),
    ask: { from: 'contacts', where: 'owner = me()' },
    more_than: 0,
    object: 'contact',
    to: fresh('/contacts'),
  },
  {
    key: 'moved',
    allowed: (catalogue) => may('deal', 'edit')(catalogue) && may('passage', 'read')(catalogue),
    ask: { from: 'passages', where: 'member = me() and left_at != null' },
    more_than: 0,
    object: 'passage',
    to: () => ({ to: '/deals' }),
  },
  {
    key: 'talk',
    allowed: may('activity', 'create'),
    ask: { from: 'activities', where: 'owner = me() and state = "done"' },
    more_than: 0,
    object: 'activity',
    to: () => ({ to: '/today', search: { view: 'me' } }),
  },
  {
    key: 'view',
    allowed: may('saved_view', 'create'),
    ask: { from: 'views', where: 'owner = me()' },
    more_than: 0,
    object: 'saved_view',
    to: () => ({ to: '/deals' }),
  },
];

export const stepsOf = (catalogue: Catalogue, session: Session): Step[] =>
  all.filter((step) => step.allowed(catalogue, session)).slice(0, steps_max);
