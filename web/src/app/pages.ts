// Pages that are not drawn from an object's definition: one line each, in the order of the sidebar.
import type { ComponentType } from 'react';
import type { Session } from '../api/types.ts';
import { moreWords } from '../i18n/i18n.ts';
import type { MessageId } from '../i18n/ids.ts';

export type NavGroup =
  | 'top'
  | 'process'
  | 'strategy'
  | 'customer'
  | 'analysis'
  | 'capability'
  | 'model'
  | 'org'
  | 'custom'
  | 'foot';
export type PageEntry = {
  path: string;
  label: MessageId;
  icon: string;
  group: NavGroup;
  // The letter after G that leads there.
  key?: string;
  allowed?: (session: Session) => boolean;
  load: () => Promise<{ default: ComponentType }>;
};

// With its words: they are no part of the first picture of other pages.
export const loadSettings = async () => {
  const [room] = await Promise.all([import('./settings-page.tsx'), moreWords('settings')]);
  return { default: room.SettingsPage };
};

export const pages: PageEntry[] = [
  {
    path: '/today',
    label: 'today.title',
    icon: 'today',
    group: 'top',
    key: 'h',
    load: () => import('../features/today/today-page.tsx').then((room) => ({ default: room.TodayPage })),
  },
  {
    path: '/funnel',
    label: 'funnel.title',
    icon: 'funnel',
    group: 'analysis',
    key: 'f',
    load: () => import('../features/analysis/funnel-page.tsx').then((room) => ({ default: room.FunnelPage })),
  },
  {
    path: '/import',
    label: 'import.title',
    icon: 'import',
    group: 'foot',
    key: 'i',
    allowed: (session) => session.rights.import,
    load: () => import('../features/import-export/import-page.tsx').then((room) => ({ default: room.ImportPage })),
  },
  {
    path: '/settings',
    label: 'shell.settings',
    icon: 'settings',
    group: 'foot',
    key: 's',
    load: loadSettings,
  },
];
