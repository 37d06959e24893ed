// Everything that reads the plan, in a part of its own: the reader of YAML loads only once there is a plan to read.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { jobQuery } from '../../api/jobs.ts';
import { MapStep } from './map-step.tsx';
import type { PlanState } from './plan-state.ts';
import { printPlan, readPlan } from './plan-text.ts';
import { RulesStep } from './rules-step.tsx';
import { TrialStep } from './trial-step.tsx';
import type { ImportState } from './use-import.ts';
import type { Steps } from './use-step.ts';

export function PlanRoom({ state, steps }: { state: ImportState; steps: Steps }) {
  const read = useMemo(() => readPlan(state.text), [state.text]);
  const trial = useQuery({ ...jobQuery(state.trial?.job ?? ''), enabled: !!state.trial });
  const whole: PlanState = { ...state, read, setPlan: (plan) => state.change(() => ({ text: printPlan(plan) })) };
  if (steps.step === 'map') return <MapStep state={whole} steps={steps} />;
  if (steps.step === 'rules') return <RulesStep state={whole} steps={steps} />;
  return <TrialStep state={whole} steps={steps} job={trial.data} error={trial.error} />;
}
