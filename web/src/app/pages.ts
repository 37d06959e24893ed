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
    path: '/notifications',
    label: 'shell.notifications',
    icon: 'bell',
    group: 'top',
    key: 'n',
    load: async () => {
      const [room] = await Promise.all([import('../features/inbox/inbox-page.tsx'), moreWords('inbox')]);
      return { default: room.InboxPage };
    },
  },
  {
    path: '/funnel',
    label: 'funnel.title',
    icon: 'funnel',
    group: 'analysis',
    key: 'f',
    load: async () => {
      const [room] = await Promise.all([import('../features/analysis/funnel-page.tsx'), moreWords('funnel')]);
      return { default: room.FunnelPage };
    },
  },
  {
    path: '/import',
    label: 'import.title',
    icon: 'import',
    group: 'foot',
    key: 'i',
    allowed: (session) => session.rights.import,
    load: async () => {
      const [room] = await Promise.all([import('../features/import-export/import-page.tsx'), moreWords('import')]);
      return { default: room.ImportPage };
    },
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
