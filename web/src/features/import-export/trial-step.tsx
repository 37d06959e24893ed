// Steps 4 and 5: the whole file is tried without writing; what was tried may then be run.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ended } from '../../api/jobs.ts';
import { sentence } from '../../api/problem.ts';
import type { Job } from '../../api/types.ts';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Foot } from './foot.tsx';
import { importsKey, startImport } from './import-api.ts';
import { filesOf, type ImportResult, missingFiles, signature, writes } from './import-model.ts';
import styles from './import.module.css';
import { JobProgress } from './job-progress.tsx';
import { Outcome } from './outcome.tsx';
import type { PlanState } from './plan-state.ts';
import { Step } from './step.tsx';
import type { Steps } from './use-step.ts';

type Props = { state: PlanState; steps: Steps; job: Job | undefined; error: Error | null };

export function TrialStep({ state, steps, job, error }: Props) {
  const { start, isStarting, refused } = useStart(state);
  const { plan } = state.read;
  const isRunning = !!state.trial && !error && !ended(job);
  const result = job?.state === 'done' && state.isTried ? (job.result as ImportResult | null | undefined) : null;
  const missing = plan ? missingFiles(plan, state.files).length > 0 : false;
  if (steps.step === 'run' && result)
    return (
      <>
        <Step title={t('import.step.run')}>
          <Ready result={result} />
          {refused ? <Notice tone="bad">{refused}</Notice> : null}
        </Step>
        <Foot
          steps={steps}
          deed={
            <Button look="primary" isDisabled={isStarting || writes(result.counts) === 0} onPress={() => start(false)}>
              {t('import.run_count', { count: count(writes(result.counts)) })}
            </Button>
          }
        />
      </>
    );
  const isReady = !!result && writes(result.counts) > 0;
  return (
    <>
      <Step title={t('import.step.trial')}>
        <p className={styles.about}>{t('import.trial_help')}</p>
        {refused ? <Notice tone="bad">{refused}</Notice> : null}
        {isRunning && job ? <JobProgress job={job} label={t('import.trial_running')} /> : null}
        {job?.state === 'failed' ? <Notice tone="bad">{job.problem?.title ?? t('import.failed')}</Notice> : null}
        {missing ? <Notice tone="warn">{t('import.trial_lacks')}</Notice> : null}
        {state.trial && !state.isTried && !isRunning ? <Notice tone="warn">{t('import.trial_stale')}</Notice> : null}
        {result ? <Outcome result={result} job={job?.id ?? ''} /> : null}
        {result && !isReady ? <Notice tone="warn">{t('import.run_nothing')}</Notice> : null}
        {result ? (
          <div className={styles.line}>
            <Button isDisabled={isStarting || missing} onPress={() => start(true)}>
              {t('import.try_again')}
            </Button>
          </div>
        ) : null}
      </Step>
      <Foot
        steps={steps}
        deed={
          result && isReady ? undefined : (
            <Button
              look="primary"
              isDisabled={isRunning || isStarting || missing || !!result}
              onPress={() => start(true)}
            >
              {t('import.try')}
            </Button>
          )
        }
      />
    </>
  );
}

// What is about to happen, before it does.
function Ready({ result }: { result: ImportResult }) {
  const added = result.new_choices ?? [];
  return (
    <>
      <p className={styles.about}>
        {result.refused_rows > 0
          ? t('import.run_refused', { refused: count(result.refused_rows) })
          : t('import.run_help')}
      </p>
      <Outcome result={{ ...result, problems: [], columns: [], new_choices: added }} job="" />
    </>
  );
}

function useStart(state: PlanState) {
  const client = useQueryClient();
  const [refused, setRefused] = useState('');
  const [isStarting, setStarting] = useState(false);
  const { plan } = state.read;
  const start = async (dryRun: boolean) => {
    setRefused('');
    setStarting(true);
    try {
      // A plan the form cannot read is still the server's to judge: it gets every file.
      const files = plan
        ? filesOf(plan, state.files)
        : Object.fromEntries(state.files.map((file) => [file.name, file.file]));
      const id = await startImport(state.text, files, dryRun);
      const of = signature(state.text, state.files);
      state.change(() => (dryRun ? { trial: { job: id, of } } : { run: id }));
      void client.invalidateQueries({ queryKey: importsKey });
    } catch (problem) {
      setRefused(sentence(problem));
    }
    setStarting(false);
  };
  return { start, isStarting, refused };
}
