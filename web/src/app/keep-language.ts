// What a member chose to read goes with the member, to every browser.
import type { QueryClient } from '@tanstack/react-query';
import { sentence } from '../api/problem.ts';
import { chooseLanguage } from '../api/session-language.ts';
import type { Locale } from '../i18n/i18n.ts';
import { toast } from '../ui/toast/toast.tsx';

export function keepLanguage(client: QueryClient, locale: Locale) {
  chooseLanguage(client, locale === 'en' ? 'en' : 'zh').catch((error) => toast(sentence(error), 'bad'));
}
