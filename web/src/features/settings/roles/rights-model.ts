// Rights of a role as the server keeps them (JSON), and the changes a matrix makes to them. What the matrix does not show goes
// through unchanged.
import type { ObjectDef } from '../../../api/types.ts';

export const levels = ['none', 'own', 'team', 'all'] as const;
export type Level = (typeof levels)[number];
export const actions = ['read', 'edit', 'delete', 'export', 'bulk'] as const;
export type Action = (typeof actions)[number];
export const fieldLevels = ['hidden', 'masked', 'read', 'edit'] as const;
export type FieldLevel = (typeof fieldLevels)[number];
export const generalRights = [
  'admin',
  'import',
  'import_history',
  'export',
  'audit',
  'reveal',
  'person_export',
  'erase',
  'grant_exceptions',
] as const;
// Classes of fields for which a role says the most that it shows.
export const fieldClasses = ['personal', 'pay'] as const;
export type FieldClass = (typeof fieldClasses)[number];
// What a member may take in a day, and how much of it where no role says.
export const budgets = { export_rows: 100_000, reveals: 50 } as const;
export type Budget = keyof typeof budgets;
const budget_max = 1_000_000_000;

export type ObjectRights = {
  create?: boolean | Level;
  verbs?: string[];
  fields?: { [field: string]: FieldLevel };
} & { [action in Action]?: Level | boolean };
export type Rights = {
  general: string[];
  objects: { [object: string]: ObjectRights };
  classes?: { [name in FieldClass]?: FieldLevel };
  budgets?: { [name in Budget]?: number };
};

export const everything = '*';

export function readRights(text: string): Rights {
  try {
    const rights = JSON.parse(text) as Partial<Rights>;
    return { ...rights, general: rights.general ?? [], objects: rights.objects ?? {} };
  } catch {
    return { general: [], objects: {} };
  }
}

export const writeRights = (rights: Rights): string => JSON.stringify(rights);

const levelOf = (value: Level | boolean | undefined): Level =>
  value === true ? 'all' : value === false || !value ? 'none' : value;

// An object of its own row, or the row of all others.
export const isNamed = (rights: Rights, object: string): boolean => object !== everything && object in rights.objects;
export const rowOf = (rights: Rights, object: string): ObjectRights =>
  rights.objects[object] ?? rights.objects[everything] ?? {};

export function levelIn(rights: Rights, object: string, action: Action): Level {
  return levelOf(rowOf(rights, object)[action]);
}
export const mayCreate = (rights: Rights, object: string): boolean => levelOf(rowOf(rights, object).create) !== 'none';
export const fieldLevel = (rights: Rights, object: string, field: string): FieldLevel =>
  rowOf(rights, object).fields?.[field] ?? 'edit';

const withRow = (rights: Rights, object: string, row: ObjectRights): Rights => ({
  ...rights,
  objects: { ...rights.objects, [object]: row },
});

// A change of one object's row gives it a row of its own, with what it had of the others'.
export const setRow = (rights: Rights, object: string, part: ObjectRights): Rights =>
  withRow(rights, object, { ...rowOf(rights, object), ...part });

export function setField(rights: Rights, object: string, field: string, level: FieldLevel): Rights {
  const row = rowOf(rights, object);
  const { [field]: _, ...others } = row.fields ?? {};
  const fields = level === 'edit' ? others : { ...others, [field]: level };
  return withRow(rights, object, { ...row, fields });
}

export function setNamed(rights: Rights, object: string, named: boolean): Rights {
  if (named) return setRow(rights, object, {});
  const { [object]: _, ...objects } = rights.objects;
  return { ...rights, objects };
}

export const setGeneral = (rights: Rights, right: string, on: boolean): Rights => ({
  ...rights,
  general: on
    ? [...rights.general.filter((one) => one !== right), right]
    : rights.general.filter((one) => one !== right),
});

export const classLevel = (rights: Rights, name: FieldClass): FieldLevel => rights.classes?.[name] ?? 'edit';

export function setClass(rights: Rights, name: FieldClass, level: FieldLevel): Rights {
  const { [name]: _, ...others } = rights.classes ?? {};
  const classes = level === 'edit' ? others : { ...others, [name]: level };
  const { classes: __, ...rest } = rights;
  return Object.keys(classes).length > 0 ? { ...rest, classes } : rest;
}

// From what was typed; nothing is as it is without a role, and what is no number changes nothing.
export function setBudget(rights: Rights, name: Budget, typed: string): Rights {
  const text = typed.trim();
  if (!/^\d*$/.test(text) || Number(text) > budget_max) return rights;
  const { [name]: _, ...others } = rights.budgets ?? {};
  const said = text === '' ? others : { ...others, [name]: Number(text) };
  const { budgets: __, ...rest } = rights;
  return Object.keys(said).length > 0 ? { ...rest, budgets: said } : rest;
}

export function setVerb(rights: Rights, object: string, verb: string, on: boolean): Rights {
  const verbs = (rowOf(rights, object).verbs ?? []).filter((one) => one !== verb);
  return setRow(rights, object, { verbs: on ? [...verbs, verb] : verbs });
}

// Fields a role sees less than openly, for the line under an object.
export const limitedFields = (rights: Rights, object: ObjectDef) =>
  object.fields.filter((field) => fieldLevel(rights, object.name, field.name) !== 'edit');

// Shared records have no owner: whoever may, may all.
export const levelsFor = (object: ObjectDef | undefined): readonly Level[] =>
  object && !object.owned ? ['none', 'all'] : levels;
