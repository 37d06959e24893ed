import { t } from '../i18n/i18n.ts';
import { Empty } from '../ui/empty/empty.tsx';
import { Page } from '../ui/page/page.tsx';
import { PlainLink } from './plain-link.tsx';

export function NotFound() {
  return (
    <Page title={t('common.not_found')}>
      <Empty title={t('common.not_found_title')} action={<PlainLink to="/">{t('common.home')}</PlainLink>}>
        {t('common.not_found_help')}
      </Empty>
    </Page>
  );
}
