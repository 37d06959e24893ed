import type { Catalogue } from '../../api/describe.ts';
import { canEdit } from '../../api/describe.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';

export type Column = { path: string; field: Field; label: string; width: number; editable: boolean };

function width(field: Field, first: boolean): number {
  if (first) return 240;
  switch (field.type) {
    case 'money':
      return 140;
    case 'instant':
      return 168;
    case 'date':
    case 'number':
    case 'duration':
      return 112;
    case 'share':
    case 'boolean':
      return 88;
    case 'choice':
      return 128;
    case 'reference':
      return 160;
    default:
      return field.kind === 'email' || field.kind === 'long' ? 220 : 160;
  }
}

export function columnsOf(catalogue: Catalogue, object: ObjectDef, paths: string[]): Column[] {
  return paths.flatMap((path, at) => {
    const field = catalogue.path(object, path);
    if (!field) return [];
    const head = object.fields.find((one) => one.name === path.split('.')[0]);
    const label = path.includes('.') && head ? `${pick(head.label)} · ${pick(field.label)}` : pick(field.label);
    const editable =
      !path.includes('.') && canEdit(object, field) && field.type !== 'address' && field.type !== 'choices';
    return [{ path, field, label, width: width(field, at === 0), editable }];
  });
}

// The name stands first whatever the view says: it is the link and it stays in sight.
export function withName(object: ObjectDef, paths: string[]): string[] {
  return [object.name_field, ...paths.filter((path) => path !== object.name_field)];
}
