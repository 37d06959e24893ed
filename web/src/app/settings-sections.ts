// The sections of /settings: one line each, in the order of their list. A section may have pages of its own below it,
// /settings/objects/deal; it is handed the last part of the address as `at`.
import { lazy } from 'react';
import type { SettingsSection } from '../features/settings/sections.ts';

export const settingsSections: SettingsSection[] = [
  {
    key: 'profile',
    group: 'me',
    label: 'settings.profile',
    Room: lazy(() => import('../features/settings/profile.tsx').then((room) => ({ default: room.Profile }))),
  },
  {
    key: 'organisation',
    group: 'organisation',
    label: 'settings.organisation',
    Room: lazy(() => import('../features/settings/organisation.tsx').then((room) => ({ default: room.Organisation }))),
  },
];
