// The sections of /settings. A section may have pages of its own below it, /settings/objects/deal; it is handed the last part of
// the address as `at`.
import { lazy } from 'react';
import type { Session } from '../api/types.ts';
import { moreWords } from '../i18n/i18n.ts';
import type { SettingsSection } from '../features/settings/sections.ts';
import { settingsKeys } from './settings-keys.ts';

const isAdmin = (session: Session) => session.rights.admin;

const sections: { [key in (typeof settingsKeys)[number]]: Omit<SettingsSection, 'key'> } = {
  profile: {
    group: 'me',
    label: 'settings.profile',
    Room: lazy(() => import('../features/settings/profile.tsx').then((room) => ({ default: room.Profile }))),
  },
  security: {
    group: 'me',
    label: 'settings.security',
    Room: lazy(() =>
      import('../features/settings/security/security-section.tsx').then((room) => ({ default: room.SecuritySection })),
    ),
  },
  appearance: {
    group: 'me',
    label: 'settings.appearance',
    Room: lazy(() => import('../features/settings/appearance.tsx').then((room) => ({ default: room.Appearance }))),
  },
  notifications: {
    group: 'me',
    label: 'settings.told',
    Room: lazy(() => import('../features/settings/told-of.tsx').then((room) => ({ default: room.ToldOf }))),
  },
  organisation: {
    group: 'organisation',
    label: 'settings.organisation',
    Room: lazy(() => import('../features/settings/organisation.tsx').then((room) => ({ default: room.Organisation }))),
  },
  members: {
    group: 'organisation',
    label: 'settings.members',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/people/members-section.tsx').then((room) => ({ default: room.MembersSection })),
    ),
  },
  teams: {
    group: 'organisation',
    label: 'settings.teams',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/people/teams-section.tsx').then((room) => ({ default: room.TeamsSection })),
    ),
  },
  roles: {
    group: 'organisation',
    label: 'settings.roles_title',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/roles/roles-section.tsx').then((room) => ({ default: room.RolesSection })),
    ),
  },
  sharing: {
    group: 'organisation',
    label: 'settings.sharing',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/sharing-section.tsx').then((room) => ({ default: room.SharingSection })),
    ),
  },
  sight: {
    group: 'organisation',
    label: 'settings.sight',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/sight/sight-section.tsx').then((room) => ({ default: room.SightSection })),
    ),
  },
  demo: {
    group: 'organisation',
    label: 'settings.demo',
    allowed: isAdmin,
    Room: lazy(async () => {
      const [room] = await Promise.all([import('../features/demo/demo-section.tsx'), moreWords('demo')]);
      return { default: room.DemoSection };
    }),
  },
  objects: {
    group: 'build',
    label: 'settings.objects',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/objects/objects-section.tsx').then((room) => ({ default: room.ObjectsSection })),
    ),
  },
  processes: {
    group: 'build',
    label: 'settings.processes',
    allowed: isAdmin,
    Room: lazy(() =>
      import('../features/settings/processes/processes-section.tsx').then((room) => ({
        default: room.ProcessesSection,
      })),
    ),
  },
};

export const settingsSections: SettingsSection[] = settingsKeys.map((key) => ({ key, ...sections[key] }));
