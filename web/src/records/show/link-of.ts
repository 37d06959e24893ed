// The field by which one object says that it is about another.
import type { Catalogue } from '../../api/describe.ts';
import type { Field, ObjectDef } from '../../api/types.ts';

export const linkOf = (child: ObjectDef, parent: ObjectDef): Field | undefined =>
  child.fields.find(
    (field) =>
      field.type === 'reference' &&
      field.target === parent.name &&
      field.written_by !== 'system' &&
      // Whose it is says not what it is about.
      field.name !== 'owner',
  );

// Whether anything can be written down about a record of this object, by this member.
export const takesEntries = (catalogue: Catalogue, object: ObjectDef): boolean =>
  ['activity', 'note', 'attachment'].some((name) => {
    const child = catalogue.object(name);
    return !!child?.rights.create && !!linkOf(child, object);
  });
