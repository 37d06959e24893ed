// Everything that reads the plan, in a part of its own: the reader of YAML loads only once there is a plan to read.
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { jobQuery } from '../../api/jobs.ts';
import type { Plan } from './import-model.ts';
import { PlanStep } from './plan-step.tsx';
import { printPlan, type ReadPlan, readPlan } from './plan-text.ts';
import { TrialStep } from './trial-step.tsx';
import type { ImportState } from './use-import.ts';

export type PlanState = ImportState & { read: ReadPlan; setPlan: (plan: Plan) => void };

export function PlanRoom({ state }: { state: ImportState }) {
  const read = useMemo(() => readPlan(state.text), [state.text]);
  const trial = useQuery({ ...jobQuery(state.trial?.job ?? ''), enabled: !!state.trial });
  const whole: PlanState = { ...state, read, setPlan: (plan) => state.change(() => ({ text: printPlan(plan) })) };
  return (
    <>
      <PlanStep state={whole} />
      {state.text ? <TrialStep state={whole} job={trial.data} error={trial.error} /> : null}
    </>
  );
}
