// A field as a person edits it, and what becomes of it on the wire.
import type { ChoiceOverlay, FieldOverlay } from '../../../api/definitions.ts';
import { isProblem } from '../../../api/problem.ts';
import type { Choice, Field, FieldKind, FieldType, Label, ObjectDef, ProblemItem, Tone } from '../../../api/types.ts';

export type ChoiceDraft = { key: string; zh: string; en: string; tone: Tone; active: boolean; isNew: boolean };
export type FieldDraft = {
  name: string;
  type: FieldType;
  zh: string;
  en: string;
  helpZh: string;
  helpEn: string;
  kind: FieldKind;
  scale: string;
  maxLength: string;
  target: string;
  required: boolean;
  unique: boolean;
  searched: boolean;
  ordered: boolean;
  choices: ChoiceDraft[];
  requiredWhen: string;
  shownWhen: string;
};

export const fieldTypes: FieldType[] = [
  'text',
  'number',
  'money',
  'share',
  'date',
  'instant',
  'boolean',
  'choice',
  'choices',
  'reference',
  'duration',
  'address',
];
// What every record carries is nobody's to define.
const machinery = new Set([
  'id',
  'version',
  'deleted_at',
  'deleted_by',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
]);
export const ownFields = (object: ObjectDef): Field[] => object.fields.filter((field) => !machinery.has(field.name));

// By either label or its name.
export function namedLike(typed: string): (field: Field) => boolean {
  const word = typed.trim().toLowerCase();
  return ({ label, name }) => `${label.zh} ${label.en} ${name}`.toLowerCase().includes(word);
}

export const textKinds: FieldKind[] = ['plain', 'long', 'email', 'phone', 'url', 'person'];
export const tones = ['plain', 'good', 'warn', 'bad'] as const satisfies Tone[];
export const hasChoices = (type: FieldType): boolean => type === 'choice' || type === 'choices';

export const emptyDraft: FieldDraft = {
  name: '',
  type: 'text',
  zh: '',
  en: '',
  helpZh: '',
  helpEn: '',
  kind: 'plain',
  scale: '0',
  maxLength: '',
  target: '',
  required: false,
  unique: false,
  searched: false,
  ordered: false,
  choices: [],
  requiredWhen: '',
  shownWhen: '',
};

const choiceDraft = (choice: Choice): ChoiceDraft => ({
  key: choice.key,
  zh: choice.label.zh,
  en: choice.label.en,
  tone: choice.tone || 'plain',
  active: choice.active,
  isNew: false,
});

export function draftOf(field: Field, overlay: FieldOverlay | undefined): FieldDraft {
  return {
    name: field.name,
    type: field.type,
    zh: field.label.zh,
    en: field.label.en,
    helpZh: field.help?.zh ?? '',
    helpEn: field.help?.en ?? '',
    kind: field.kind ?? 'plain',
    scale: String(field.scale ?? 0),
    maxLength: overlay?.max_length ? String(overlay.max_length) : '',
    target: field.target ?? '',
    required: !!(field.required || overlay?.required),
    unique: !!field.unique,
    searched: !!overlay?.searched,
    ordered: !!overlay?.ordered,
    choices: (field.choices ?? []).map(choiceDraft),
    requiredWhen: overlay?.required_when ?? '',
    shownWhen: overlay?.shown_when ?? '',
  };
}

// Letters, digits and lines of a label; a Chinese label gives none: then the key is `otherwise` with a number.
export function keyFrom(label: string, taken: readonly string[], prefix: string, otherwise = 'field'): string {
  const word = label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 30);
  if (word === '') return numbered(`${prefix}${otherwise}`, taken);
  const stem = `${prefix}${word}`;
  return taken.includes(stem) ? numbered(stem, taken, 2) : stem;
}

export function numbered(stem: string, taken: readonly string[], from = 1): string {
  let number = from;
  while (taken.includes(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

const labelOf = (zh: string, en: string): Label => ({ zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() });
const sameLabel = (a: Label | null | undefined, b: Label): boolean => !!a && a.zh === b.zh && a.en === b.en;

function choicesOf(draft: FieldDraft): ChoiceOverlay[] {
  const taken: string[] = draft.choices.filter((choice) => !choice.isNew).map((choice) => choice.key);
  return draft.choices.map((choice) => {
    const key = choice.isNew ? keyFrom(choice.en, taken, '', 'choice') : choice.key;
    taken.push(key);
    return {
      key,
      label: labelOf(choice.zh, choice.en),
      ...(choice.active ? {} : { active: false }),
      ...(choice.tone === 'plain' ? {} : { tone: choice.tone }),
    };
  });
}

// What both kinds of fields may say.
function common(draft: FieldDraft): Partial<FieldOverlay> {
  return {
    ...(draft.requiredWhen.trim() ? { required_when: draft.requiredWhen.trim() } : {}),
    ...(draft.shownWhen.trim() ? { shown_when: draft.shownWhen.trim() } : {}),
  };
}

export function customOverlay(draft: FieldDraft): FieldOverlay {
  const help = labelOf(draft.helpZh, draft.helpEn);
  const text = draft.type === 'text';
  return {
    name: draft.name,
    type: draft.type,
    label: labelOf(draft.zh, draft.en),
    ...(help.zh ? { help } : {}),
    ...(draft.required ? { required: true } : {}),
    ...(draft.unique && (text || draft.type === 'number') ? { unique: true } : {}),
    ...(draft.searched && text ? { searched: true } : {}),
    ...(draft.ordered ? { ordered: true } : {}),
    ...(text && draft.kind !== 'plain' ? { kind: draft.kind } : {}),
    ...(text && Number(draft.maxLength) > 0 ? { max_length: Number(draft.maxLength) } : {}),
    ...(draft.type === 'number' && Number(draft.scale) > 0 ? { scale: Number(draft.scale) } : {}),
    ...(draft.type === 'reference' ? { target: draft.target } : {}),
    ...(hasChoices(draft.type) ? { choices: choicesOf(draft) } : {}),
    ...common(draft),
  };
}

// Of a built-in field only what differs is said, so that the rest follows later versions of the program.
export function builtInOverlay(draft: FieldDraft, field: Field, before: FieldOverlay | undefined): FieldOverlay {
  const label = labelOf(draft.zh, draft.en);
  const help = labelOf(draft.helpZh, draft.helpEn);
  const choices = choicesOf(draft);
  const now = choicesOf(draftOf(field, before));
  const changed = hasChoices(field.type) && JSON.stringify(choices) !== JSON.stringify(now);
  return {
    name: draft.name,
    ...(before?.label || !sameLabel(field.label, label) ? { label } : {}),
    ...(before?.help || (help.zh && !sameLabel(field.help, help)) ? { help } : {}),
    ...(draft.required && (before?.required || !field.required) ? { required: true } : {}),
    ...(changed ? { choices } : before?.choices ? { choices: before.choices } : {}),
    ...common(draft),
  };
}

// The refusals of a change, at the inputs they belong to: `fields[0].x`, `deal.x_trade.x`.
export function errorsOf(error: unknown): { at: { [input: string]: string }; rest: string[] } {
  const at: { [input: string]: string } = {};
  const rest: string[] = [];
  if (!isProblem(error)) return { at, rest: error ? [String(error)] : [] };
  for (const item of error.items) {
    const input = inputOf(item);
    const say = (item.say ?? error.problem.title).replace(/^[a-z0-9_.[\]]+(：|: )/, '');
    if (input) at[input] = say;
    else rest.push(item.say ?? error.problem.title);
  }
  if (error.items.length === 0) rest.push(error.problem.title);
  return { at, rest };
}

const inputs = [
  'name',
  'type',
  'label',
  'help',
  'scale',
  'max_length',
  'target',
  'required',
  'choices',
  'required_when',
  'shown_when',
  'retired',
  'filter',
  'sort',
  'columns',
];
function inputOf(item: ProblemItem): string | undefined {
  const place = (item.field ?? '').replace(/^fields\[\d+\]\./, '');
  const words = place.split(/[.[]/);
  const found = words.find((word) => inputs.includes(word));
  if (found) return found;
  return /definition_(twice|bad_name|needs_prefix)/.test(item.code)
    ? 'name'
    : item.code === 'definition_conflict'
      ? 'unique'
      : undefined;
}
