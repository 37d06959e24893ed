// An import whose plan can be read, as the steps from the second on take it.
import type { Plan } from './import-model.ts';
import type { ReadPlan } from './plan-text.ts';
import type { ImportState } from './use-import.ts';

export type PlanState = ImportState & { read: ReadPlan; setPlan: (plan: Plan) => void };
