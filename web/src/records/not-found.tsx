import { Link } from '@tanstack/react-router';
import { t } from '../i18n/i18n.ts';
import { Empty } from '../ui/empty/empty.tsx';
import { Page } from '../ui/page/page.tsx';

export function NotFound() {
  return (
    <Page title={t('common.not_found')}>
      <Empty title={t('common.not_found_title')} action={<Link to="/">{t('common.home')}</Link>}>
        {t('common.not_found_help')}
      </Empty>
    </Page>
  );
}
