// What an import is made of, and how its plan is changed: pure, so that every step can be tried without a screen.
import type { Field, Id, ObjectDef, Reference } from '../../api/types.ts';

export type Sheet = { name: string; rows: number; columns: string[]; sample: string[][] };
export type ImportFile = {
  file: Id;
  name: string;
  kind: string;
  encoding: string | null;
  delimiter: string | null;
  sheets: Sheet[];
};
export type DraftColumn = { column: string; field: string | null; confidence: number; sample: string[] };
export type DraftSheet = { file: Id; name: string; sheet: string; object: string | null; columns: DraftColumn[] };
// A plan kept under a name, and how many of its headings these files have (0…1).
export type SavedFit = { id: Id; name: string; share: number };
export type DraftAnswer = { plan: string; files: DraftSheet[]; plans: SavedFit[] };
export const policies = ['skip', 'update', 'merge'] as const;
export type OnDuplicate = (typeof policies)[number];
// What becomes of a word that no choice or record is called by.
export const cures = ['refuse', 'empty', 'add'] as const;
export type Missing = (typeof cures)[number];
export type PlanField = { field: string; values: { [from: string]: string }; times: number; missing: Missing };
export type PlanColumn = { heading: string; fields: PlanField[] };
export type PlanObject = {
  file: string;
  sheet: string;
  object: string;
  key: string[];
  onDuplicate: OnDuplicate;
  history: boolean;
  dayFirst: boolean;
  // Words of the file that say nothing.
  empty: string[];
  encoding: string;
  delimiter: string;
  columns: PlanColumn[];
  set: { [field: string]: string };
};
export type Plan = { name: string; objects: PlanObject[] };

export const nameOf = (object: PlanObject): string => (object.sheet ? `${object.file} · ${object.sheet}` : object.file);

export type Counts = { created: number; updated: number; skipped: number; refused: number };
export type ObjectCounts = Counts & { object: string };
export type RowProblem = { file: string; row: number; column: string; field?: string; code: string; say?: string };
// One thing that is wrong in one column, the first row of it, and in how many rows it is.
export type ColumnFlaw = RowProblem & { rows: number };
export type NewChoices = { object: string; field: string; words: string[] };
export type ImportResult = {
  import?: Id;
  dry_run: boolean;
  counts: Counts;
  objects: ObjectCounts[];
  problems: RowProblem[];
  columns?: ColumnFlaw[];
  new_choices?: NewChoices[];
  refused_rows: number;
};
export type KeptRecord = { object: string; id: Id; code: string; fields?: string[] };
export type UndoResult = { removed: number; restored: number; kept: number; kept_records?: KeptRecord[] };
export const states = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type State = (typeof states)[number];
export const isState = (text: string): text is State => (states as readonly string[]).includes(text);
export type PastImport = Omit<ImportResult, 'import'> & {
  id: Id;
  name: string;
  state: string;
  by: Reference | null;
  created_at: string;
  finished_at: string | null;
  undo: Id | null;
  // How long it can be taken back; null where it cannot, or no longer.
  undo_until: string | null;
  progress?: { done: number; total: number | null };
  // For its owner: to go on, or again.
  plan?: string;
  files?: { [name: string]: Id };
};

export const plainField = (field: string): PlanField => ({ field, values: {}, times: 1, missing: 'refuse' });

export const newObject = (file: string, sheet: string, object: string): PlanObject => ({
  file,
  sheet,
  object,
  key: [],
  onDuplicate: 'skip',
  history: false,
  dayFirst: false,
  empty: [],
  encoding: '',
  delimiter: '',
  columns: [],
  set: {},
});

// Each of these gives the plan anew; `at` is the place among its objects.
export function changeObject(plan: Plan, at: number, change: Partial<PlanObject>): Plan {
  return { ...plan, objects: plan.objects.map((one, place) => (place === at ? { ...one, ...change } : one)) };
}

export const removeObject = (plan: Plan, at: number): Plan => ({
  ...plan,
  objects: plan.objects.filter((_, place) => place !== at),
});

export const addObject = (plan: Plan, object: PlanObject): Plan => ({ ...plan, objects: [...plan.objects, object] });

const mapped = (columns: PlanColumn[]): Set<string> =>
  new Set(columns.flatMap((column) => column.fields.map((one) => one.field)));

// A column becomes a field or nothing. The field leaves the column it had before; keys that nothing fills go.
export function mapColumn(plan: Plan, at: number, heading: string, field: string | null): Plan {
  const object = plan.objects[at];
  if (!object) return plan;
  const others = object.columns
    .filter((column) => column.heading !== heading)
    .map((column) => ({ ...column, fields: column.fields.filter((one) => one.field !== field) }))
    .filter((column) => column.fields.length > 0);
  const place = object.columns.findIndex((column) => column.heading === heading);
  const fresh = field ? [{ heading, fields: [plainField(field)] }] : [];
  const columns = place < 0 ? [...others, ...fresh] : [...others.slice(0, place), ...fresh, ...others.slice(place)];
  const filled = mapped(columns);
  const set = Object.fromEntries(Object.entries(object.set).filter(([name]) => name !== field));
  return changeObject(plan, at, { columns, set, key: object.key.filter((name) => filled.has(name) || name in set) });
}

// One more field of a column that has some: the field leaves the column it had before.
export function addField(plan: Plan, at: number, heading: string, field: string): Plan {
  return withColumns(plan, at, field, (column) =>
    column.heading === heading ? { ...column, fields: [...column.fields, plainField(field)] } : column,
  );
}

// The field in the place of another, or none.
export function replaceField(plan: Plan, at: number, heading: string, old: string, field: string | null): Plan {
  const put = (one: PlanField) => (one.field === old ? (field ? [plainField(field)] : []) : [one]);
  return withColumns(plan, at, field, (column) =>
    column.heading === heading ? { ...column, fields: column.fields.flatMap(put) } : column,
  );
}

function withColumns(plan: Plan, at: number, taken: string | null, change: (column: PlanColumn) => PlanColumn): Plan {
  const object = plan.objects[at];
  if (!object) return plan;
  const columns = object.columns
    .map((column) => change({ ...column, fields: column.fields.filter((one) => one.field !== taken) }))
    .filter((column) => column.fields.length > 0);
  const set = Object.fromEntries(Object.entries(object.set).filter(([name]) => name !== taken));
  const filled = mapped(columns);
  return changeObject(plan, at, { columns, set, key: object.key.filter((name) => filled.has(name) || name in set) });
}

export function changeField(plan: Plan, at: number, heading: string, field: string, change: Partial<PlanField>): Plan {
  return withColumns(plan, at, null, (column) =>
    column.heading === heading
      ? { ...column, fields: column.fields.map((one) => (one.field === field ? { ...one, ...change } : one)) }
      : column,
  );
}

// Fields a record cannot be without, which nothing fills.
export const lacking = (def: ObjectDef, object: PlanObject): Field[] =>
  def.fields.filter((field) => field.required && !isMapped(object, field.name) && !(field.name in object.set));

// Headings of the file that the plan reads into nothing.
export const leftOut = (sheet: Sheet | undefined, object: PlanObject): string[] =>
  (sheet?.columns ?? []).filter((heading) => heading && !object.columns.some((column) => column.heading === heading));

// How fast a job goes and how long it still takes, from what was seen of it lately.
export type Sight = { at: number; done: number };
export function pace(sights: Sight[], total: number | null): { rate: number; seconds: number | null } | null {
  const first = sights[0];
  const last = sights.at(-1);
  if (!first || !last || last.at - first.at < 1000 || last.done <= first.done) return null;
  const rate = ((last.done - first.done) * 1000) / (last.at - first.at);
  return { rate, seconds: total === null ? null : Math.max(0, (total - last.done) / rate) };
}

const quote = (id: Id): string => `"${id}"`;
// The records an import made, as a list can be asked for them: by who ran it, within its time.
export function madeBy(past: PastImport, updated: boolean): string | null {
  const { by, created_at: from, finished_at: until } = past;
  if (!by || !until) return null;
  const within = (field: string) => `${field} >= instant("${from}") and ${field} <= instant("${until}")`;
  if (!updated) return `created_by = ${quote(by.id)} and ${within('created_at')}`;
  return `updated_by = ${quote(by.id)} and ${within('updated_at')} and created_at < instant("${from}")`;
}

export function setConstant(plan: Plan, at: number, field: string, text: string | null): Plan {
  const set = Object.fromEntries(Object.entries(plan.objects[at]?.set ?? {}).filter(([name]) => name !== field));
  // In its place, so that a row that is typed in stays where it stands.
  const all = { ...plan.objects[at]?.set, [field]: text ?? '' };
  return changeObject(plan, at, { set: text === null ? set : all });
}

// Another object: what it has no field for is not imported.
export function chooseObject(plan: Plan, at: number, object: ObjectDef): Plan {
  const known = new Set(importable(object).map((field) => field.name));
  const columns = (plan.objects[at]?.columns ?? [])
    .map((column) => ({ ...column, fields: column.fields.filter((one) => known.has(one.field)) }))
    .filter((column) => column.fields.length > 0);
  const set = Object.fromEntries(Object.entries(plan.objects[at]?.set ?? {}).filter(([name]) => known.has(name)));
  const filled = mapped(columns);
  const key = filled.has(object.name_field) ? [object.name_field] : [];
  return changeObject(plan, at, { object: object.name, columns, set, key });
}

export const importable = (object: ObjectDef): Field[] =>
  object.fields.filter((field) => field.written_by !== 'system' && field.access !== 'masked');

export const isMapped = (object: PlanObject, field: string): boolean => mapped(object.columns).has(field);

export const mappedFields = (object: PlanObject): string[] => [...mapped(object.columns)];

export const sheetOf = (files: ImportFile[], object: PlanObject): Sheet | undefined => {
  const sheets = files.find((file) => file.name === object.file)?.sheets;
  return object.sheet ? sheets?.find((sheet) => sheet.name === object.sheet) : sheets?.[0];
};

// The first cells of a column that say something.
export function samples(sheet: Sheet | undefined, heading: string, most = 3): string[] {
  const at = sheet?.columns.indexOf(heading) ?? -1;
  if (at < 0) return [];
  const cells = (sheet?.sample ?? []).map((row) => row[at] ?? '').filter((cell) => cell.trim() !== '');
  return [...new Set(cells)].slice(0, most);
}

// The headings of the sheet, and those the plan names without the sheet having them.
export function headings(sheet: Sheet | undefined, object: PlanObject): string[] {
  const own = sheet?.columns.filter(Boolean) ?? [];
  return [...new Set([...own, ...object.columns.map((column) => column.heading)])];
}

export type Sureness = 'sure' | 'likely' | 'guess';
const sure = 0.9;
const likely = 0.7;

// How sure the draft was of what the plan still says; what a person chose needs no mark.
export function sureness(drafted: DraftSheet[], object: PlanObject, column: PlanColumn): Sureness | null {
  const sheet = drafted.find((one) => one.name === object.file && (!object.sheet || one.sheet === object.sheet));
  const found = sheet?.columns.find((one) => one.column === column.heading);
  const field = column.fields[0]?.field;
  if (!found?.field || found.field !== field || sheet?.object !== object.object) return null;
  if (found.confidence >= sure) return 'sure';
  return found.confidence >= likely ? 'likely' : 'guess';
}

// Files the plan reads and nobody brought.
export const missingFiles = (plan: Plan, files: ImportFile[]): string[] => [
  ...new Set(plan.objects.map((one) => one.file).filter((name) => !files.some((file) => file.name === name))),
];

export const unmappedSheets = (plan: Plan, files: ImportFile[]): { file: string; sheet: string }[] =>
  files.flatMap((file) =>
    file.sheets
      .map((sheet) => ({ file: file.name, sheet: file.sheets.length > 1 ? sheet.name : '' }))
      .filter(
        (one) => !plan.objects.some((object) => object.file === one.file && (object.sheet || one.sheet) === one.sheet),
      ),
  );

// What a trial was of: the same plan over the same files.
export const signature = (text: string, files: ImportFile[]): string =>
  `${files
    .map((file) => file.file)
    .sort()
    .join()}\n${text}`;

export const filesOf = (plan: Plan, files: ImportFile[]): { [name: string]: Id } =>
  Object.fromEntries(
    files.filter((file) => plan.objects.some((one) => one.file === file.name)).map((file) => [file.name, file.file]),
  );

export const isPlanName = (name: string): boolean => /\.ya?ml$/i.test(name);

export const canUndo = (past: PastImport): boolean => !past.undo && past.undo_until !== null;
export const writes = (counts: Counts): number => counts.created + counts.updated;
