// What changes between two versions, in words.
import type { Label, ObjectDef } from '../../../api/types.ts';
import { list } from '../../../i18n/format.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { activityKinds, type DocumentWire } from './document.ts';

type StageWire = DocumentWire['stages'][number];
type CheckWire = NonNullable<StageWire['exit']>[number];

const nameOf = (stage: StageWire): string => pick(stage.name);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const textOf = (label: Label | string | undefined): string => pick(label);

// What a check asks for; its strength is told apart.
export function checkText(check: CheckWire, object: ObjectDef | undefined): string {
  const said = textOf(check.say);
  if (check.field !== undefined) {
    const field = object?.fields.find((one) => one.name === check.field);
    return t('settings.diff.check_field', { field: pick(field?.label) || check.field });
  }
  if (check.done !== undefined) {
    const kinds = (typeof check.done === 'string' ? [check.done] : check.done).map((kind) => {
      const known = activityKinds.find((one) => one === kind);
      return known ? t(`settings.activity.${known}`) : kind;
    });
    return t('settings.diff.check_done', { kinds: list(kinds), count: check.at_least ?? 1 });
  }
  return said || t('settings.diff.check_formula', { formula: check.check ?? '' });
}

const identity = (check: CheckWire): string =>
  check.key ?? check.field ?? (check.done === undefined ? (check.check ?? '') : `done ${[check.done].flat().join()}`);
const strength = (check: CheckWire): string => t(`settings.strength.${check.strength ?? 'block'}`);

function checkLines(
  before: CheckWire[],
  after: CheckWire[],
  at: { stage: string; gate: string },
  object: ObjectDef | undefined,
): string[] {
  const lines: string[] = [];
  for (const check of after) {
    const old = before.find((one) => identity(one) === identity(check));
    const words = { ...at, check: checkText(check, object), strength: strength(check) };
    if (!old) lines.push(t('settings.diff.check_added', words));
    else if ((old.strength ?? 'block') !== (check.strength ?? 'block'))
      lines.push(t('settings.diff.check_strength', { ...words, before: strength(old) }));
    else if (!same({ ...old, key: 0, strength: 0 }, { ...check, key: 0, strength: 0 }))
      lines.push(t('settings.diff.check_changed', words));
  }
  for (const check of before)
    if (!after.some((one) => identity(one) === identity(check)))
      lines.push(
        t('settings.diff.check_removed', { ...at, check: checkText(check, object), strength: strength(check) }),
      );
  return lines;
}

const limitText = (limit: string | undefined): string => {
  const [, number, unit] = /^(\d+)(wd|d)$/.exec(limit ?? '') ?? [];
  return number
    ? t(unit === 'wd' ? 'settings.diff.working_days' : 'settings.diff.days', { number })
    : t('settings.none');
};
const shareText = (share: number | undefined): string =>
  share === undefined ? t('settings.none') : `${Math.round(share * 1e4) / 100}%`;

function stageLines(before: StageWire, after: StageWire, object: ObjectDef | undefined): string[] {
  const stage = nameOf(after);
  const lines: string[] = [];
  const change = (what: string, from: string, to: string) =>
    lines.push(t('settings.diff.changed', { stage, what, from, to }));
  if (!same(before.name, after.name)) lines.push(t('settings.diff.renamed', { from: nameOf(before), to: stage }));
  if ((before.kind ?? 'sell') !== (after.kind ?? 'sell'))
    change(
      t('settings.stage.kind'),
      t(`settings.stage.kind.${before.kind ?? 'sell'}`),
      t(`settings.stage.kind.${after.kind ?? 'sell'}`),
    );
  if (!same(before.limit, after.limit))
    change(t('settings.stage.limit'), limitText(before.limit), limitText(after.limit));
  if (!same(before.win_share, after.win_share))
    change(t('settings.stage.share'), shareText(before.win_share), shareText(after.win_share));
  if (!same(before.goal, after.goal)) lines.push(t('settings.diff.goal', { stage }));
  if (!same(before.playbook ?? [], after.playbook ?? [])) lines.push(t('settings.diff.playbook', { stage }));
  for (const gate of ['entry', 'exit'] as const)
    lines.push(
      ...checkLines(before[gate] ?? [], after[gate] ?? [], { stage, gate: t(`settings.stage.${gate}`) }, object),
    );
  return lines;
}

const kept = (of: DocumentWire, also: Map<string, StageWire>): string[] =>
  of.stages.map((stage) => stage.key).filter((key) => also.has(key));
const skip = (of: DocumentWire): string => t(`settings.moves.skip.${of.moves?.skip ?? 'forbid'}`);
const back = (of: DocumentWire): string => t(`settings.moves.back.${of.moves?.back ?? 'with_reason'}`);
const exceptions = (of: DocumentWire): string => t(`settings.moves.exceptions.${of.moves?.exceptions ?? 'by_leaders'}`);

export function diffLines(before: DocumentWire, after: DocumentWire, object: ObjectDef | undefined): string[] {
  const lines: string[] = [];
  const was = new Map(before.stages.map((stage) => [stage.key, stage]));
  const is = new Map(after.stages.map((stage) => [stage.key, stage]));
  for (const stage of after.stages) {
    const old = was.get(stage.key);
    if (old) lines.push(...stageLines(old, stage, object));
    else {
      lines.push(t('settings.diff.stage_added', { stage: nameOf(stage) }));
      lines.push(...stageLines({ ...stage, entry: [], exit: [] }, stage, object));
    }
  }
  for (const stage of before.stages)
    if (!is.has(stage.key)) lines.push(t('settings.diff.stage_removed', { stage: nameOf(stage) }));
  if (!same(kept(before, is), kept(after, was)))
    lines.push(t('settings.diff.order', { stages: after.stages.map(nameOf).join(' → ') }));
  if (skip(before) !== skip(after))
    lines.push(t('settings.diff.moves', { what: t('settings.moves.skip'), from: skip(before), to: skip(after) }));
  if (back(before) !== back(after))
    lines.push(t('settings.diff.moves', { what: t('settings.moves.back'), from: back(before), to: back(after) }));
  if (exceptions(before) !== exceptions(after))
    lines.push(
      t('settings.diff.moves', {
        what: t('settings.moves.exceptions'),
        from: exceptions(before),
        to: exceptions(after),
      }),
    );
  return lines;
}
