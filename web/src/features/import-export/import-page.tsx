import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ended, jobQuery } from '../../api/jobs.ts';
import { useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Empty, Skeleton } from '../../ui/empty/empty.tsx';
import { Page } from '../../ui/page/page.tsx';
import { FilesStep } from './files-step.tsx';
import styles from './import.module.css';
import { PastImports } from './past-imports.tsx';
import { RunStep } from './run-step.tsx';
import { Stepper } from './stepper.tsx';
import { useImport } from './use-import.ts';
import { useStep } from './use-step.ts';
import { useUnderWay } from './use-under-way.ts';

const PlanRoom = lazy(() => import('./plan-room.tsx').then((room) => ({ default: room.PlanRoom })));

export function ImportPage() {
  const { rights } = useSession();
  return (
    <Page title={t('import.title')}>
      {rights.import ? <Wizard /> : <Empty title={t('import.forbidden')}>{t('import.forbidden_help')}</Empty>}
    </Page>
  );
}

// Once it runs, only the run is in sight: nothing above it can be changed any more.
function Wizard() {
  const state = useImport();
  const { data: trial } = useQuery({ ...jobQuery(state.trial?.job ?? ''), enabled: !!state.trial });
  const steps = useStep(state, state.isTried && ended(trial) && trial?.state === 'done');
  useUnderWay(state, steps.step, steps.job !== null);
  const again = () => {
    if (steps.job === state.run) state.clear();
    steps.go('files');
  };
  if (steps.job)
    return (
      <div className={styles.room}>
        <Stepper current="run" reachable={[]} />
        <RunStep
          job={steps.job}
          onNew={again}
          onAgain={(text) => {
            state.clear();
            state.change(() => ({ text }));
            steps.go('files');
          }}
        />
        <PastImports />
      </div>
    );
  return (
    <div className={styles.room}>
      <Stepper current={steps.step} reachable={steps.reachable} onGo={steps.go} />
      {steps.step === 'files' ? (
        <>
          <FilesStep state={state} steps={steps} />
          <PastImports />
        </>
      ) : (
        <Suspense fallback={<Skeleton lines={6} />}>
          <PlanRoom state={state} steps={steps} />
        </Suspense>
      )}
    </div>
  );
}
