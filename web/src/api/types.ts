// The wire, by hand: what the server's OpenAPI document will say. Everything the browser knows of the server's shapes is
// here, so that a generated file can take its place.

export type Id = string;
export type Label = { zh: string; en: string };

export type Problem = {
  type?: string;
  title: string;
  status: number;
  code: string;
  errors?: ProblemItem[];
  incident?: string;
  current?: RecordData;
};
export type ProblemItem = {
  code: string;
  field?: string;
  pointer?: string;
  args?: { [key: string]: unknown };
  say?: string;
};

export type Money = { amount: string; currency: string };
export type Reference = { id: Id; name: string };
export type Address = { country?: string | null; region?: string | null; detail?: string | null };
export type Value = string | number | boolean | Money | Reference | Address | string[] | null | undefined;

export type RecordData = {
  id: Id;
  version: number;
  created_at?: string;
  updated_at?: string;
  created_by?: Reference | null;
  updated_by?: Reference | null;
  owner?: Reference | null;
} & { [field: string]: Value };

export type Page<T = RecordData> = { data: T[]; next: string | null; count?: number };

export type Session = {
  member: { id: Id; name: string; email: string; roles: string[]; language: 'zh' | 'en' | null };
  organisation: { key: string; name: string; currency: string; time_zone: string };
  csrf: string;
  seq: string;
  rights: { import: boolean; export: boolean; admin: boolean; reveal: boolean; person_export: boolean; erase: boolean };
};

export type FieldType =
  | 'text'
  | 'number'
  | 'share'
  | 'money'
  | 'date'
  | 'instant'
  | 'duration'
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'reference'
  | 'address';
export type FieldKind = 'plain' | 'long' | 'email' | 'phone' | 'url' | 'person';
export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'info';
export type Choice = { key: string; label: Label; active: boolean; tone?: Tone | null };

export type Field = {
  name: string;
  type: FieldType;
  label: Label;
  help?: Label | null;
  kind?: FieldKind;
  scale?: number;
  max_length?: number;
  required?: boolean;
  unique?: boolean;
  choices?: Choice[];
  target?: string;
  access?: 'read' | 'edit' | 'masked';
  written_by?: 'anyone' | 'verb' | 'system';
  sortable?: boolean;
  filterable?: boolean;
  custom?: boolean;
  active?: boolean; // false: retired
};

export type Verb = {
  name: string;
  label: Label;
  tone?: 'plain' | 'good' | 'bad';
  arguments: Field[];
  offered?: boolean; // false: screens of records leave it out
};
export type Relation = { name: string; object: string; field: string; label: Label };
export type Rights = {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
  export: boolean;
  bulk: boolean;
};
// Comes with the object's definition.
export type SystemView = { key: string; label: Label; filter: string; sort: string; columns: string[]; group: string };
export type ObjectDef = {
  name: string;
  plural: string;
  label: Label;
  plural_label: Label;
  icon?: string;
  group?: string;
  name_field: string;
  owned: boolean;
  custom: boolean;
  rights: Rights;
  fields: Field[];
  verbs: Verb[];
  layout: { list: string[]; key: string[]; sections: { label: Label; fields: string[] }[] };
  relations: Relation[];
  views?: SystemView[];
  opens?: string; // the view that opens its list for whoever chose none
  staged: boolean;
  // Each record is about one.
  person: boolean;
  by_parent?: boolean; // its records are seen through what they belong to
  conditional?: boolean; // its forms ask the server what to leave out
  searchable: boolean;
};
export type Describe = { epoch: string | number; objects: ObjectDef[] };

export type Duplicate = { object: string; id: Id; name: string; reasons: string[]; score: number };

export type Gate = { to: { key: string; label: Label | string } | null; met: number; of: number; checks: GateCheck[] };
export type GateCheck = {
  key: string;
  kind: 'field' | 'formula' | 'activity';
  field?: string;
  strength: 'hint' | 'warn' | 'block';
  met: boolean;
  say: string;
};
export type ProcessStage = {
  key: string;
  label: Label | string;
  kind: 'sell' | 'deliver';
  state: 'done' | 'current' | 'ahead';
  entered_at?: string | null;
  left_at?: string | null;
  days?: number | null;
  how?: string | null;
  goal?: Label | null;
  limit?: string | null;
  playbook?: { task: string; guide?: string | null }[];
};
// An exception to a gate that waits for an answer.
export type Waiting = {
  id: Id | null; // null for who does not see the request
  verb: string;
  asked_by: Reference;
  asked_of: Reference;
  until: string;
};
export type ProcessState = {
  process: Reference;
  version: number;
  stages: ProcessStage[];
  outcome?: 'open' | 'won' | 'lost' | string | null;
  stalled: { since_days: number; limit: string | number } | null;
  gate: Gate | null;
  debt?: GateCheck[];
  // Whom its reader may ask to let him pass the gate, and what waits for an answer.
  exception?: { deciders: Reference[]; asked: Waiting | null } | null;
};

export type TimelineEvent = {
  seq: string | number;
  happened_at: string;
  recorded_at?: string;
  actor: Reference | null;
  on_behalf?: Reference | null;
  via?: string | null;
  object: string;
  id: Id;
  verb: string;
  title?: string | null;
  changes?: { field: string; old?: Value; new?: Value }[];
  reason?: string | null;
  record?: RecordData | null;
  // What it changed was erased with a person.
  erased?: boolean;
};

// A version of a record: an event of its own, without those of what belongs to it.
export type Version = {
  seq: string;
  happened_at: string;
  recorded_at: string;
  actor: Reference | null;
  via: string;
  verb: string;
  reason: string | null;
  changes: { field: string; old: Value; new: Value }[];
};
type VersionHead = Omit<Version, 'changes'>;
export type Comparison = { from: VersionHead; to: VersionHead; fields: { field: string; from: Value; to: Value }[] };

export type BulkAnswer = {
  matched: number;
  would_change: number;
  refused: { code: string; count: number; say: string }[];
  // Of "each": what is wrong, record by record.
  records?: { id: Id; errors: ProblemItem[] }[];
};
export type Job = {
  id: Id;
  kind: string;
  about?: { plural?: string; files?: string[]; dry_run?: boolean } | null;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  progress?: { done: number; total: number | null } | null;
  created_at?: string;
  finished_at?: string | null;
  undo_until?: string | null;
  result?: { [key: string]: unknown } | null;
  problem?: Problem | null;
};

export type NotificationReason =
  | 'assigned'
  | 'mentioned'
  | 'shared'
  | 'approval_asked'
  | 'approval_decided'
  | 'followed'
  | 'job_done'
  | 'job_failed'
  | 'mail_failed'
  | 'due'
  | 'overdue'
  | 'stalled';
export type Notification = {
  id: Id;
  reason: NotificationReason;
  at: string;
  by: Reference | null;
  object: string;
  record: Reference | null;
  count: number;
  // What was changed of a followed record.
  fields: string[];
  read: boolean;
};

export type OnOff = 'on' | 'off';
export type Preferences = {
  theme: 'system' | 'light' | 'dark';
  density: 'standard' | 'compact' | 'comfortable';
  first_steps: 'shown' | 'hidden';
} & {
  [kind in `notify.${'assigned' | 'mentioned' | 'shared' | 'approval' | 'followed' | 'job' | 'mail' | 'due' | 'overdue' | 'stalled'}`]: OnOff;
};

export type FormulaNode =
  | { op: 'and' | 'or' | 'not'; args: FormulaNode[] }
  | { op: 'formula'; text: string }
  | { op: string; field: string; value?: FormulaValue; values?: FormulaValue[] };
export type FormulaValue = string | number | boolean | null | { [key: string]: unknown };
export type FormulaAnswer = { ok: true; print: string; type: string; tree: FormulaNode };

export type SearchHit = { object: string; id: Id; name: string; subtitle?: string | null };
export type ChangeEvent = {
  seq: string | number;
  object: string;
  id: Id;
  verb: string;
  fields?: string[];
  key?: string | null;
};
