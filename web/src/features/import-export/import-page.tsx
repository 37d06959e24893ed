import { lazy, Suspense } from 'react';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty, Skeleton } from '../../ui/empty/empty.tsx';
import { Page } from '../../ui/page/page.tsx';
import { FilesStep } from './files-step.tsx';
import styles from './import.module.css';
import { PastImports } from './past-imports.tsx';
import { RunStep } from './run-step.tsx';
import { useImport } from './use-import.ts';

const PlanRoom = lazy(() => import('./plan-room.tsx').then((room) => ({ default: room.PlanRoom })));

export function ImportPage() {
  const { rights } = useSession();
  return (
    <Page title={t('import.title')}>
      {rights.import ? <Steps /> : <Empty title={t('import.forbidden')}>{t('import.forbidden_help')}</Empty>}
    </Page>
  );
}

// Once it runs, only the run is in sight: nothing above it can be changed any more.
function Steps() {
  const state = useImport();
  return (
    <div className={styles.room}>
      {state.run ? (
        <RunStep job={state.run} onNew={state.clear} />
      ) : (
        <>
          <FilesStep state={state} />
          {state.files.length > 0 || state.text ? (
            <Suspense fallback={<Skeleton lines={6} />}>
              <PlanRoom state={state} />
              <div className={styles.foot}>
                <Button look="quiet" onPress={state.clear}>
                  {t('import.discard')}
                </Button>
              </div>
            </Suspense>
          ) : null}
        </>
      )}
      <PastImports />
    </div>
  );
}
