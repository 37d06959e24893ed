// The steps of an import, in their order.
export const steps = ['files', 'map', 'rules', 'trial', 'run'] as const;
export type StepName = (typeof steps)[number];

type Ready = { hasFiles: boolean; hasPlan: boolean; canRun: boolean };

// Those that are open: each needs what the one before it makes.
export function readSteps({ hasFiles, hasPlan, canRun }: Ready): StepName[] {
  if (!hasFiles && !hasPlan) return ['files'];
  if (!hasPlan) return ['files', 'map'];
  return canRun ? [...steps] : ['files', 'map', 'rules', 'trial'];
}

export const nextOf = (step: StepName): StepName | undefined => steps[steps.indexOf(step) + 1];
export const before = (step: StepName): StepName | undefined => steps[steps.indexOf(step) - 1];
