// A process document as a person edits it. What the form does not show – keys of checks, guides of tasks – goes through unchanged.
import type { Label } from '../../../api/types.ts';
import { keyFrom, numbered } from '../objects/field-model.ts';

export type Strength = 'hint' | 'warn' | 'block';
export type CheckDraft = {
  id: string;
  kind: 'field' | 'done' | 'check';
  field: string;
  done: string[];
  atLeast: string;
  check: string;
  strength: Strength;
  zh: string;
  en: string;
  key?: string;
};
export type TaskDraft = { id: string; task: string; guide?: string };
export type StageDraft = {
  id: string;
  // Empty until the stage is published: its identity over versions.
  key: string;
  zh: string;
  en: string;
  goalZh: string;
  goalEn: string;
  kind: 'sell' | 'deliver';
  limit: string;
  unit: 'wd' | 'd';
  share: string;
  entry: CheckDraft[];
  exit: CheckDraft[];
  playbook: TaskDraft[];
};
export type ProcessDraft = {
  stages: StageDraft[];
  skip: 'forbid' | 'allow';
  back: 'with_reason' | 'free' | 'forbid';
  exceptions: 'by_leaders' | 'forbid';
};

export const strengths = ['hint', 'warn', 'block'] as const;
export const activityKinds = ['call', 'email', 'meeting', 'visit', 'task'] as const;

type CheckWire = {
  field?: string;
  check?: string;
  done?: string | string[];
  at_least?: number;
  key?: string;
  strength?: Strength;
  say?: Label | string;
};
type StageWire = {
  key: string;
  name: Label | string;
  kind?: 'sell' | 'deliver';
  goal?: Label | string;
  limit?: string;
  win_share?: number;
  entry?: CheckWire[];
  exit?: CheckWire[];
  playbook?: { task: string; guide?: string }[];
};
export type DocumentWire = { stages: StageWire[]; moves?: Partial<Pick<ProcessDraft, 'skip' | 'back' | 'exceptions'>> };

let next = 1;
export const newId = (): string => `n${next++}`;
const both = (label: Label | string | undefined): Label =>
  typeof label === 'string' ? { zh: label, en: label } : { zh: label?.zh ?? '', en: label?.en ?? '' };
const labelOf = (zh: string, en: string): Label => ({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() });

export const emptyCheck = (): CheckDraft => ({
  id: newId(),
  kind: 'field',
  field: '',
  done: ['call'],
  atLeast: '1',
  check: '',
  strength: 'block',
  zh: '',
  en: '',
});
export const emptyStage = (): StageDraft => ({
  id: newId(),
  key: '',
  zh: '',
  en: '',
  goalZh: '',
  goalEn: '',
  kind: 'sell',
  limit: '',
  unit: 'wd',
  share: '',
  entry: [],
  exit: [],
  playbook: [],
});

function checkDraft(check: CheckWire): CheckDraft {
  const say = both(check.say);
  return {
    ...emptyCheck(),
    kind: check.done ? 'done' : check.check === undefined ? 'field' : 'check',
    field: check.field ?? '',
    done: typeof check.done === 'string' ? [check.done] : (check.done ?? ['call']),
    atLeast: String(check.at_least ?? 1),
    check: check.check ?? '',
    strength: check.strength ?? 'block',
    zh: say.zh,
    en: say.en,
    key: check.key,
  };
}

function stageDraft(stage: StageWire): StageDraft {
  const name = both(stage.name);
  const goal = both(stage.goal);
  const [, limit = '', unit = 'wd'] = /^(\d+)(wd|d)$/.exec(stage.limit ?? '') ?? [];
  return {
    id: newId(),
    key: stage.key,
    zh: name.zh,
    en: name.en,
    goalZh: goal.zh,
    goalEn: goal.en,
    kind: stage.kind ?? 'sell',
    limit,
    unit: unit as 'wd' | 'd',
    share: stage.win_share === undefined ? '' : String(Math.round(stage.win_share * 1e4) / 100),
    entry: (stage.entry ?? []).map(checkDraft),
    exit: (stage.exit ?? []).map(checkDraft),
    playbook: (stage.playbook ?? []).map((item) => ({ id: newId(), ...item })),
  };
}

export function draftOf(document: DocumentWire): ProcessDraft {
  return {
    stages: document.stages.map(stageDraft),
    skip: document.moves?.skip ?? 'forbid',
    back: document.moves?.back ?? 'with_reason',
    exceptions: document.moves?.exceptions ?? 'by_leaders',
  };
}

function checkWire(check: CheckDraft, taken: string[]): CheckWire {
  const say = labelOf(check.zh, check.en);
  const what: CheckWire =
    check.kind === 'field'
      ? { field: check.field }
      : check.kind === 'done'
        ? { done: check.done, at_least: Number(check.atLeast) || 1 }
        : { check: check.check.trim() };
  const key = check.key ?? (check.kind === 'check' ? numbered('rule', taken) : undefined);
  if (key) taken.push(key);
  return { ...what, ...(key ? { key } : {}), strength: check.strength, ...(say.zh ? { say } : {}) };
}

function stageWire(stage: StageDraft, taken: string[]): StageWire {
  const goal = labelOf(stage.goalZh, stage.goalEn);
  const checks = [...stage.entry, ...stage.exit].flatMap((check) => check.key ?? []);
  const share = Number(stage.share.replace('%', ''));
  return {
    key: stage.key || keyOf(stage, taken),
    name: labelOf(stage.zh, stage.en),
    kind: stage.kind,
    ...(goal.zh ? { goal } : {}),
    ...(stage.limit.trim() ? { limit: `${stage.limit.trim()}${stage.unit}` } : {}),
    ...(stage.share.trim() ? { win_share: Number((share / 100).toFixed(6)) } : {}),
    entry: stage.entry.map((check) => checkWire(check, checks)),
    exit: stage.exit.map((check) => checkWire(check, checks)),
    playbook: stage.playbook
      .filter((item) => item.task.trim())
      .map(({ task, guide }) => ({ task: task.trim(), ...(guide ? { guide } : {}) })),
  };
}

function keyOf(stage: StageDraft, taken: string[]): string {
  const key = keyFrom(stage.en, taken, '', 'stage');
  taken.push(key);
  return key;
}

// `former`: stage keys of earlier versions, which a new stage must not take up by chance.
export function documentOf(draft: ProcessDraft, former: readonly string[] = []): DocumentWire {
  const taken = [...former, ...draft.stages.flatMap((stage) => stage.key || [])];
  return {
    stages: draft.stages.map((stage) => stageWire(stage, taken)),
    moves: {
      skip: draft.skip,
      back: draft.back,
      ...(draft.exceptions === 'forbid' ? { exceptions: draft.exceptions } : {}),
    },
  };
}

// Stages sell first and deliver afterwards: the place a stage may stand.
export const inOrder = (stages: StageDraft[]): StageDraft[] => [
  ...stages.filter((stage) => stage.kind === 'sell'),
  ...stages.filter((stage) => stage.kind === 'deliver'),
];

// `stages[2].exit[0].strength` → the stage, and the check there.
export type Place = { stage: number; list?: 'entry' | 'exit'; check?: number };
export function placeOf(field: string): Place | null {
  const found = /^stages\[(\d+)\](?:\.(entry|exit)\[(\d+)\])?/.exec(field);
  if (!found) return null;
  return {
    stage: Number(found[1]),
    ...(found[2] ? { list: found[2] as 'entry' | 'exit', check: Number(found[3]) } : {}),
  };
}
