import { SettingsFrame } from '../features/settings/settings-frame.tsx';
import { settingsSections } from './settings-sections.ts';

export const SettingsPage = () => <SettingsFrame sections={settingsSections} />;
