// The sections of /settings by the last part of their addresses, in the order of their list. What each is stands in
// settings-sections.ts, which comes with the page.
export const settingsKeys = [
  'profile',
  'security',
  'appearance',
  'notifications',
  'organisation',
  'members',
  'teams',
  'roles',
  'sharing',
  'sight',
  'demo',
  'objects',
  'processes',
] as const;
