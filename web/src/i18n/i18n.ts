// Two languages, loaded one at a time. `t` is a plain function: a change of language remounts the app (app/providers.tsx),
// which costs open dialogs and saves a subscription in every component.
import { i18n } from '@lingui/core';
import { setLanguage } from '../api/client.ts';
import type { Label } from '../api/types.ts';
import type { MessageId } from './ids.ts';

export type Locale = 'zh-CN' | 'en';
const loaders = { 'zh-CN': () => import('./zh-CN.ts'), en: () => import('./en.ts') };
const remembered = 'shangdao.language';

// Areas that only some pages speak: src/i18n/more/<language>/<area>.json, loaded with the page and kept in step with the language.
const laterLoaders = import.meta.glob<{ [id: string]: string }>('./more/*/*.json', { import: 'default' });
const spoken = new Set<string>();
const wordsOf = async (area: string, of: Locale) => (await laterLoaders[`./more/${of}/${area}.json`]?.()) ?? {};

// The language that is spoken, or will be once its words have come.
let wanted: Locale = 'zh-CN';
let active: Promise<void> | undefined;

export async function moreWords(area: string): Promise<void> {
  spoken.add(area);
  const of = wanted;
  const words = await wordsOf(area, of);
  await active;
  i18n.load(of, words);
}

export function locale(): Locale {
  return i18n.locale === 'en' ? 'en' : 'zh-CN';
}

export function t(id: MessageId, values?: { [name: string]: unknown }): string {
  return i18n._(id, values as Record<string, unknown>);
}

// The label in the reader's language; a missing translation falls back to the other one.
export function pick(label: Label | string | null | undefined): string {
  if (!label) return '';
  if (typeof label === 'string') return label;
  return (locale() === 'en' ? label.en || label.zh : label.zh || label.en) ?? '';
}

// The label inside a sentence: English writes it small there, unless it is an abbreviation.
export function within(label: Label | string | null | undefined): string {
  const text = pick(label);
  return locale() === 'en' && !/^.[A-Z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

// Tells when the language changed; gives the way to stop.
export const onLocale = (heard: () => void): (() => void) => i18n.on('change', heard);

export function localeOf(language: string | null | undefined): Locale {
  return language?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

export function startingLocale(): Locale {
  const saved = localStorage.getItem(remembered);
  return localeOf(saved ?? navigator.language);
}

export function activate(next: Locale, remember = false): Promise<void> {
  wanted = next;
  active = speak(next, remember);
  return active;
}

async function speak(next: Locale, remember: boolean) {
  const [{ messages }, ...more] = await Promise.all([
    loaders[next](),
    ...[...spoken].map((area) => wordsOf(area, next)),
  ]);
  i18n.loadAndActivate({ locale: next, messages: Object.assign({}, messages, ...more) });
  setLanguage(next);
  document.documentElement.lang = next;
  if (remember) localStorage.setItem(remembered, next);
}
