// What objects, fields and verbs this member may see: the definition every record screen is drawn from.
import { type QueryClient, queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { createContext, createElement, type ReactNode, useContext } from 'react';
import { request } from './client.ts';
import { isProblem } from './problem.ts';
import { keys } from './query-keys.ts';
import { keep, take } from '../lib/shelf.ts';
import type { Describe, Field, ObjectDef } from './types.ts';

async function readDescribe(): Promise<Describe> {
  try {
    // Asked beside the session: who is not signed in hears it from there.
    const describe = await request<Describe>('GET', '/describe', { quiet401: true });
    void keep('last-seen', 'describe', describe).catch(() => {});
    return describe;
  } catch (error) {
    const seen = isProblem(error, 0) ? await take<Describe>('last-seen', 'describe').catch(() => undefined) : undefined;
    if (seen) return seen;
    throw error;
  }
}

export const describeQuery = queryOptions({
  queryKey: keys.describe,
  queryFn: readDescribe,
  staleTime: Number.POSITIVE_INFINITY,
});

// Definitions or rights changed: everything drawn from them is asked for again, in place.
export async function refreshDefinitions(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: keys.describe });
  await Promise.all(
    [keys.session, keys.definitions, ['records'], ['query']].map((queryKey) => client.invalidateQueries({ queryKey })),
  );
}

// Fields every record carries on the wire, whether or not its definition lists them.
function systemFields(object: ObjectDef): Field[] {
  const common = { sortable: true, filterable: true, access: 'read' as const };
  const member = { ...common, type: 'reference' as const, target: 'member' };
  const owner: Field = { ...member, name: 'owner', label: { zh: '负责人', en: 'Owner' }, written_by: 'verb' };
  const all: Field[] = [
    ...(object.owned ? [owner] : []),
    { ...common, name: 'created_at', type: 'instant', label: { zh: '创建时间', en: 'Created' }, written_by: 'system' },
    { ...member, name: 'created_by', label: { zh: '创建人', en: 'Created by' }, written_by: 'system' },
    { ...common, name: 'updated_at', type: 'instant', label: { zh: '更新时间', en: 'Updated' }, written_by: 'system' },
    { ...member, name: 'updated_by', label: { zh: '更新人', en: 'Updated by' }, written_by: 'system' },
  ];
  return all.filter((field) => !object.fields.some((one) => one.name === field.name));
}

// Fields that hold the code name of an object with owners: a person chooses it by its label.
const namesObject = new Set(['sharing_rule.object']);
// What nobody keeps by hand.
const kept = new Set(['system', 'analysis']);

function byLabel(field: Field, of: ObjectDef, objects: ObjectDef[]): Field {
  if (!namesObject.has(`${of.name}.${field.name}`)) return field;
  const choices = objects
    .filter((one) => one.owned && !kept.has(one.group ?? ''))
    .map((one) => ({ key: one.name, label: one.plural_label, active: true }));
  return { ...field, type: 'choice', help: null, choices };
}

export class Catalogue {
  readonly objects: ObjectDef[];
  private readonly byName = new Map<string, ObjectDef>();
  private readonly byPlural = new Map<string, ObjectDef>();
  constructor(describe: Describe) {
    this.objects = describe.objects.map((object) => ({
      ...object,
      fields: [...object.fields.map((field) => byLabel(field, object, describe.objects)), ...systemFields(object)],
      verbs: object.verbs.filter((verb) => verb.offered !== false),
    }));
    for (const object of this.objects) {
      this.byName.set(object.name, object);
      this.byPlural.set(object.plural, object);
    }
  }
  object(name: string | undefined): ObjectDef | undefined {
    return name === undefined ? undefined : this.byName.get(name);
  }
  plural(plural: string): ObjectDef | undefined {
    return this.byPlural.get(plural);
  }
  // `account.name` from deal: the field at the end of the path.
  path(object: ObjectDef, path: string): Field | undefined {
    const [head, ...rest] = path.split('.');
    const field = object.fields.find((one) => one.name === head);
    if (rest.length === 0 || !field) return field;
    const target = this.object(field.target);
    return target && this.path(target, rest.join('.'));
  }
}

const built = new WeakMap<Describe, Catalogue>();

export function catalogueOf(describe: Describe): Catalogue {
  let catalogue = built.get(describe);
  if (!catalogue) {
    catalogue = new Catalogue(describe);
    built.set(describe, catalogue);
  }
  return catalogue;
}

const Known = createContext<Catalogue | null>(null);

// Around all that is drawn from definitions: hundreds of cells look into the one catalogue, and only this waits for it.
export function CatalogueProvider({ children }: { children: ReactNode }) {
  return createElement(Known, { value: catalogueOf(useSuspenseQuery(describeQuery).data) }, children);
}

export function useCatalogue(): Catalogue {
  const catalogue = useContext(Known);
  if (!catalogue) throw new Error('no catalogue stands around this');
  return catalogue;
}

export const fieldOf = (object: ObjectDef, name: string): Field | undefined =>
  object.fields.find((field) => field.name === name);

// What a person chooses from: the object's own fields first, then who and when; never the machinery's.
const machinery = new Set(['id', 'version', 'deleted_at', 'deleted_by']);
const stamps = new Set(['owner', 'created_at', 'created_by', 'updated_at', 'updated_by']);
export function offeredFields(object: ObjectDef): Field[] {
  const offered = object.fields.filter((field) => !machinery.has(field.name) && field.active !== false);
  return [...offered.filter((field) => !stamps.has(field.name)), ...offered.filter((field) => stamps.has(field.name))];
}

export function canEdit(object: ObjectDef, field: Field): boolean {
  return object.rights.edit && (field.access ?? 'edit') === 'edit' && (field.written_by ?? 'anyone') === 'anyone';
}
