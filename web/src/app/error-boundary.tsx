import { isProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button/button.tsx';
import { Empty } from '../ui/empty/empty.tsx';
import styles from './app.module.css';

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  const missing = isProblem(error, 404);
  const text = error instanceof Error ? error.message : String(error);
  const incident = isProblem(error) ? error.problem.incident : undefined;
  return (
    <main className={styles.failed} id="main">
      <h1 className="visually-hidden">{missing ? t('common.not_found') : t('common.page_failed')}</h1>
      <Empty
        title={missing ? t('common.not_found') : t('common.page_failed')}
        action={
          <Button look="primary" onPress={() => (reset ? reset() : window.location.reload())}>
            {t('common.retry')}
          </Button>
        }
      >
        {missing ? t('common.not_found_help') : t('common.page_failed_help')}
      </Empty>
      {missing ? null : (
        <p className={styles.reason}>
          {text} {incident ? t('common.incident', { incident }) : ''}
        </p>
      )}
    </main>
  );
}

export function NotFound() {
  return (
    <main className={styles.failed} id="main">
      <h1 className="visually-hidden">{t('common.not_found')}</h1>
      <Empty title={t('common.not_found')}>{t('common.not_found_help')}</Empty>
    </main>
  );
}
