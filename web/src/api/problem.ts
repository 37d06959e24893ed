// A refusal of the server as a value that can be thrown through a query, and the questions screens ask of it.
import type { Problem, ProblemItem } from './types.ts';

export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
  get items(): ProblemItem[] {
    return this.problem.errors ?? [];
  }
}

export function isProblem(error: unknown, status?: number): error is ApiProblem {
  return error instanceof ApiProblem && (status === undefined || error.status === status);
}

// The sentence of each field; what belongs to no field stays for the form as a whole.
export function fieldErrors(error: unknown): { fields: { [field: string]: string }; rest: string[] } {
  const fields: { [field: string]: string } = {};
  const rest: string[] = [];
  if (!isProblem(error)) return { fields, rest: error ? [sentence(error)] : [] };
  for (const item of error.items) {
    const say = item.say ?? error.problem.title;
    if (item.field) fields[item.field] = fields[item.field] ? `${fields[item.field]} ${say}` : say;
    else rest.push(say);
  }
  if (error.items.length === 0) rest.push(error.problem.title);
  return { fields, rest };
}

export function sentence(error: unknown): string {
  if (isProblem(error)) {
    const says = error.items.map((item) => item.say).filter(Boolean);
    return says.length > 0 ? says.join(' ') : error.problem.title;
  }
  return error instanceof Error ? error.message : String(error);
}
