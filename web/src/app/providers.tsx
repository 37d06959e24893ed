// What stands around every page: the query cache, the kit's language, toasts. A change of language remounts what is inside.
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { onSignedOut } from '../api/client.ts';
import { keys } from '../api/query-keys.ts';
import { setZone } from '../i18n/format.ts';
import { activate, type Locale, locale, onLocale, t } from '../i18n/i18n.ts';
import { ToastRegion } from '../ui/toast/toast.tsx';
import { UiWordsProvider } from '../ui/words/words.tsx';
import { ChangeLanguage } from './language.ts';

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  // A member's own language may come with the session, before any page stands: then nothing need be remounted.
  const language = useSyncExternalStore(onLocale, locale);
  const [chosen, setChosen] = useState(language);
  const change = useCallback(
    (next: Locale) => {
      void activate(next, true).then(() => {
        setZone({ locale: next });
        setChosen(next);
        void import('./keep-language.ts').then((room) => room.keepLanguage(client, next));
      });
    },
    [client],
  );
  useEffect(() => onSignedOut(() => client.setQueryData(keys.session, null)), [client]);
  const words = useMemo(
    () => ({
      close: language && t('common.close'),
      clear: t('common.clear'),
      choose: t('common.choose'),
      nothing: t('common.nothing'),
      loading: t('common.loading'),
      required: t('common.required'),
    }),
    [language],
  );
  return (
    <QueryClientProvider client={client}>
      <ChangeLanguage value={change}>
        {/* Canadian English writes days as the tables do: 2026-11-23. */}
        <I18nProvider locale={language === 'en' ? 'en-CA' : 'zh-CN'}>
          <UiWordsProvider value={words} key={chosen}>
            {children}
            <ToastRegion label={t('common.notifications')} />
          </UiWordsProvider>
        </I18nProvider>
      </ChangeLanguage>
    </QueryClientProvider>
  );
}
