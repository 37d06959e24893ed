// The plan as text and back. Read as strictly as the server reads it: a word not known here would be lost by printing, so
// such a plan stays text.
import {
  Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type Node,
  type ParsedNode,
  visit,
  YAMLMap,
} from 'yaml';
import { type Plan, type PlanColumn, type PlanField, type PlanObject, cures, policies } from './import-model.ts';

export type ReadPlan = { plan: Plan; line?: undefined } | { plan: null; line: number };

class Unread extends Error {
  readonly at: number;
  constructor(node: Node | null | undefined) {
    super('unread');
    this.at = (node as ParsedNode | null | undefined)?.range?.[0] ?? 0;
  }
}

const planWords = ['name', 'objects'];
const objectWords = [
  'file',
  'object',
  'encoding',
  'sheet',
  'delimiter',
  'key',
  'on_duplicate',
  'history',
  'day_first',
  'empty',
  'columns',
  'set',
];
const fieldWords = ['field', 'values', 'times', 'missing'];

export function readPlan(text: string): ReadPlan {
  const lines = new LineCounter();
  const line = (at: number) => ({ plan: null, line: lines.linePos(at).line });
  // Every scalar is text, as the server takes it.
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const error = document.errors[0];
  if (error) return line(error.pos[0]);
  try {
    return { plan: planOf(document.contents) };
  } catch (problem) {
    if (problem instanceof Unread) return line(problem.at);
    throw problem;
  }
}

type Entries = Map<string, Node | null>;

function entries(node: unknown, words?: string[]): Entries {
  if (!isMap(node)) throw new Unread(node as Node | null);
  const out: Entries = new Map();
  for (const pair of node.items) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    if (words && !words.includes(name)) throw new Unread(pair.key as Node);
    out.set(name, pair.value as Node | null);
  }
  return out;
}

function words(node: Node | null | undefined): string {
  if (node === null || node === undefined) return '';
  if (!isScalar(node)) throw new Unread(node);
  return String(node.value ?? '');
}

function oneOf<T extends string>(node: Node | null | undefined, known: readonly T[], otherwise: T): T {
  const said = words(node) || otherwise;
  const found = known.find((one) => one === said);
  if (!found) throw new Unread(node);
  return found;
}

const isFlag = (node: Node | null | undefined): boolean => oneOf(node, ['true', 'false'], 'false') === 'true';
const items = (node: Node | null | undefined): (Node | null)[] => (node as { items?: (Node | null)[] }).items ?? [];
const isList = (node: Node | null | undefined): boolean =>
  Array.isArray((node as { items?: unknown })?.items) && !isMap(node);
const listOf = (node: Node | null | undefined): string[] =>
  !node ? [] : isList(node) ? items(node).map(words) : [words(node)];
const texts = (node: Node | null | undefined): { [name: string]: string } =>
  !node || (isScalar(node) && !node.value)
    ? {}
    : Object.fromEntries([...entries(node)].map(([name, to]) => [name, words(to)]));

function planOf(node: unknown): Plan {
  const map = entries(node, planWords);
  const objects = map.get('objects');
  if (!isList(objects) || items(objects).length === 0) throw new Unread(objects ?? (node as Node));
  return { name: words(map.get('name')), objects: items(objects).map(objectOf) };
}

function objectOf(node: Node | null): PlanObject {
  const map = entries(node, objectWords);
  const columns = map.get('columns');
  const object = words(map.get('object'));
  const file = words(map.get('file'));
  if (!object || !file) throw new Unread(node);
  return {
    file,
    object,
    sheet: words(map.get('sheet')),
    key: listOf(map.get('key')),
    onDuplicate: oneOf(map.get('on_duplicate'), policies, 'skip'),
    history: isFlag(map.get('history')),
    dayFirst: isFlag(map.get('day_first')),
    empty: listOf(map.get('empty')),
    encoding: words(map.get('encoding')),
    delimiter: words(map.get('delimiter')),
    columns: columns ? [...entries(columns)].map(columnOf).filter((one) => one.fields.length > 0) : [],
    set: texts(map.get('set')),
  };
}

function columnOf([heading, node]: [string, Node | null]): PlanColumn {
  if (!node || (isScalar(node) && !node.value)) return { heading, fields: [] };
  return { heading, fields: isList(node) ? items(node).map(fieldOf) : [fieldOf(node)] };
}

function fieldOf(node: Node | null): PlanField {
  if (isScalar(node)) return { field: words(node), values: {}, times: 1, missing: 'refuse' };
  const map = entries(node, fieldWords);
  const times = words(map.get('times')) || '1';
  if (!/^[1-9]\d{0,14}$/.test(times)) throw new Unread(map.get('times'));
  return {
    field: words(map.get('field')),
    values: texts(map.get('values')),
    times: Number(times),
    missing: oneOf(map.get('missing'), cures, 'refuse'),
  };
}

// One line a column, as people write it.
export function printPlan(plan: Plan): string {
  const document = new Document({ name: plan.name, objects: plan.objects.map(objectWire) });
  visit(document, {
    Pair(_, pair) {
      const name = isScalar(pair.key) ? pair.key.value : '';
      if ((name === 'key' || name === 'empty') && pair.value) (pair.value as YAMLMap).flow = true;
      if (name !== 'columns' || !isMap(pair.value)) return;
      for (const column of pair.value.items) if (column.value) (column.value as YAMLMap).flow = true;
      return visit.SKIP;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function objectWire(object: PlanObject) {
  return {
    file: object.file,
    ...(object.sheet ? { sheet: object.sheet } : {}),
    object: object.object,
    ...(object.key.length > 0 ? { key: object.key } : {}),
    on_duplicate: object.onDuplicate,
    ...(object.history ? { history: true } : {}),
    ...(object.dayFirst ? { day_first: true } : {}),
    ...(object.empty.length > 0 ? { empty: object.empty } : {}),
    ...(object.encoding ? { encoding: object.encoding } : {}),
    ...(object.delimiter ? { delimiter: object.delimiter } : {}),
    columns: Object.fromEntries(
      object.columns.map(({ heading, fields }) => [
        heading,
        fields.length === 1 && fields[0] ? fieldWire(fields[0]) : fields.map(fieldWire),
      ]),
    ),
    ...(Object.keys(object.set).length > 0 ? { set: object.set } : {}),
  };
}

function fieldWire({ field, values, times, missing }: PlanField) {
  return {
    field,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(times === 1 ? {} : { times }),
    ...(missing === 'refuse' ? {} : { missing }),
  };
}
