// What a section of the settings is; the table of them is app/settings-sections.ts.
import type { ComponentType } from 'react';
import type { Session } from '../../api/types.ts';
import type { MessageId } from '../../i18n/ids.ts';

export const settingsGroups = ['me', 'organisation', 'build'] as const;
export type SettingsSection = {
  key: string;
  group: (typeof settingsGroups)[number];
  label: MessageId;
  allowed?: (session: Session) => boolean;
  Room: ComponentType<{ at?: string }>; // lazy
};
