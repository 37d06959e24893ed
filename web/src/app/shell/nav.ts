// The sidebar: groups in the order a rep works. Objects come from the definitions, other pages from app/pages.ts.
import type { Catalogue } from '../../api/describe.ts';
import type { Session } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { type NavGroup, pages } from '../pages.ts';

// `key`: the letter after G that leads there.
export type NavItem = { path: string; label: string; icon: string; also?: string; key?: string };
export type NavSection = { key: NavGroup; label: string; items: NavItem[] };

// Objects with a page of their own in the sidebar, and where; the rest are reached from their parents.
const places: [plural: string, group: NavGroup, key?: string][] = [
  ['leads', 'process', 'l'],
  ['deals', 'process', 'd'],
  ['activities', 'process', 'a'],
  ['products', 'process'],
  ['accounts', 'customer', 'c'],
  ['contacts', 'customer', 't'],
  ['members', 'org', 'm'],
];
// Whose board has a place beside it; other boards are a switch away from their list.
const boarded = 'deals';
const order: NavGroup[] = [
  'top',
  'process',
  'strategy',
  'customer',
  'analysis',
  'capability',
  'model',
  'org',
  'custom',
  'foot',
];

export function navigation(catalogue: Catalogue, session: Session): NavSection[] {
  const sections = new Map<NavGroup, NavItem[]>(order.map((key) => [key, []]));
  for (const [plural, group, key] of places) {
    const object = catalogue.plural(plural);
    if (!object?.rights.read) continue;
    sections
      .get(group)
      ?.push({ path: `/${plural}`, label: pick(object.plural_label), icon: object.name, also: object.icon, key });
    if (plural === boarded && object.staged)
      sections.get(group)?.push({ path: `/${plural}/board`, label: t('shell.board'), icon: 'board', key: 'p' });
  }
  for (const object of catalogue.objects) {
    if (!object.custom || !object.rights.read) continue;
    sections
      .get('custom')
      ?.push({ path: `/${object.plural}`, label: pick(object.plural_label), icon: object.icon ?? '', also: 'custom' });
  }
  for (const page of pages) {
    if (page.allowed && !page.allowed(session)) continue;
    sections.get(page.group)?.push({ path: page.path, label: t(page.label), icon: page.icon, key: page.key });
  }
  return order
    .map((key) => ({
      key,
      label: key === 'foot' || key === 'top' ? '' : t(`shell.group.${key}`),
      items: sections.get(key) ?? [],
    }))
    .filter((section) => section.items.length > 0);
}
