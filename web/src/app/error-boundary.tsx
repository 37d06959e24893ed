import { isProblem } from '../api/problem.ts';
import { t } from '../i18n/i18n.ts';
import { Button } from '../ui/button/button.tsx';
import { NotFound } from '../records/not-found.tsx';
import { Empty } from '../ui/empty/empty.tsx';
import styles from './app.module.css';

export function PageFailed({ error, reset }: { error: unknown; reset?: () => void }) {
  if (isProblem(error, 404)) return <NotFound />;
  const text = error instanceof Error ? error.message : String(error);
  const incident = isProblem(error) ? error.problem.incident : undefined;
  return (
    <main className={styles.failed} id="main">
      <h1 className="visually-hidden">{t('common.page_failed')}</h1>
      <Empty
        title={t('common.page_failed')}
        action={
          <Button look="primary" onPress={() => (reset ? reset() : window.location.reload())}>
            {t('common.retry')}
          </Button>
        }
      >
        {t('common.page_failed_help')}
      </Empty>
      <p className={styles.reason}>
        {text} {incident ? t('common.incident', { incident }) : ''}
      </p>
    </main>
  );
}
