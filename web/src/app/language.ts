import { createContext, use } from 'react';
import type { Locale } from '../i18n/i18n.ts';

export const ChangeLanguage = createContext<(locale: Locale) => void>(() => {});
export const useChangeLanguage = () => use(ChangeLanguage);
