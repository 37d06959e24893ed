// Which step is in sight, as the address says it: `?step=`; `?job=` is a run that is looked at again.
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Id } from '../../api/types.ts';
import { readSteps, type StepName, steps } from './steps.ts';
import type { ImportState } from './use-import.ts';

type Search = { step?: string; job?: string };

export type Steps = {
  step: StepName;
  reachable: StepName[];
  job: Id | null;
  go: (step: StepName) => void;
};

export function useStep(state: ImportState, canRun: boolean): Steps {
  const search = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const reachable = readSteps({
    hasFiles: state.files.length > 0,
    hasPlan: state.text !== '',
    canRun,
  });
  const wanted = steps.find((one) => one === search.step) ?? 'files';
  // A link to a step that is not open yet leads to the last one that is.
  const step = reachable.includes(wanted) ? wanted : (reachable.at(-1) ?? 'files');
  return {
    step,
    reachable,
    job: search.job || state.run,
    go: (next) => void navigate({ to: '/import', search: next === 'files' ? {} : { step: next } }),
  };
}
