import { fieldOf } from '../../api/describe.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { valueText } from './value-text.ts';

// What a record is called: the text of the field its definition names.
export function nameOf(object: ObjectDef, record: RecordData): string {
  const field = fieldOf(object, object.name_field);
  return field ? valueText(field, record[field.name]) : record.id;
}
