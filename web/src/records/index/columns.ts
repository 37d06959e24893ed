import type { Catalogue } from '../../api/describe.ts';
import { canEdit } from '../../api/describe.ts';
import type { Field, ObjectDef } from '../../api/types.ts';
import { pick } from '../../i18n/i18n.ts';
import type { Widths } from './view-state.ts';

export type Column = { path: string; field: Field; label: string; width: number; grows: boolean; editable: boolean };

// Room for the label and the arrow of its order.
function labelWidth(label: string): number {
  let sum = 44;
  for (const sign of label) sum += sign > '\u2e80' ? 13 : 7;
  return Math.min(sum, 200);
}

const width = (field: Field, first: boolean, label: string): number =>
  first ? 240 : Math.max(valueWidth(field), labelWidth(label));

// Room for the value and for its editor.
function valueWidth(field: Field): number {
  switch (field.type) {
    case 'money':
      return 140;
    case 'instant':
      return 200;
    case 'duration':
      return 168;
    case 'date':
      return 140;
    case 'number':
      return 104;
    case 'share':
    case 'boolean':
      return 88;
    case 'choice':
      return 128;
    case 'reference':
      return field.target === 'member' ? 112 : 184;
    default:
      return field.kind === 'email' || field.kind === 'long' ? 220 : 160;
  }
}

// What a wide screen leaves over goes to words, not to figures.
const grows = (field: Field): boolean =>
  (field.type === 'text' && field.kind !== 'phone') || (field.type === 'reference' && field.target !== 'member');

export function columnsOf(catalogue: Catalogue, object: ObjectDef, paths: string[], widths: Widths = {}): Column[] {
  return paths.flatMap((path, at) => {
    const field = catalogue.path(object, path);
    if (!field) return [];
    const head = object.fields.find((one) => one.name === path.split('.')[0]);
    const label = path.includes('.') && head ? `${pick(head.label)} · ${pick(field.label)}` : pick(field.label);
    const editable =
      !path.includes('.') && canEdit(object, field) && field.type !== 'address' && field.type !== 'choices';
    const chosen = widths[path];
    return [
      {
        path,
        field,
        label,
        width: chosen ?? width(field, at === 0, label),
        grows: chosen === undefined && (at === 0 || grows(field)),
        editable,
      },
    ];
  });
}

export const fieldsOf = (columns: Column[]): string => columns.map((column) => column.path).join(',');

// The name stands first whatever the view says: it is the link and it stays in sight.
export function withName(object: ObjectDef, paths: string[]): string[] {
  return [object.name_field, ...paths.filter((path) => path !== object.name_field)];
}

// The name keeps its place; another column takes that of the one it is dropped on.
export function movedColumn(paths: string[], path: string, to: string): string[] {
  const at = paths.indexOf(to);
  if (at < 1 || paths.indexOf(path) < 1 || path === to) return paths;
  const rest = paths.filter((one) => one !== path);
  rest.splice(at, 0, path);
  return rest;
}
