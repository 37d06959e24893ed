// A layout as a person edits it: columns of the list, key fields, sections with their fields.
import type { LayoutOverlay } from '../../../api/definitions.ts';
import type { Field, ObjectDef } from '../../../api/types.ts';

export type SectionDraft = { id: string; zh: string; en: string; shownWhen: string; fields: string[] };
export type LayoutDraft = { list: string[]; key: string[]; sections: SectionDraft[] };

let next = 1;
export const newSection = (): SectionDraft => ({ id: `s${next++}`, zh: '', en: '', shownWhen: '', fields: [] });

// As the server describes it, with the conditions that only the overlay tells.
export function layoutOf(object: ObjectDef, overlay: LayoutOverlay | undefined): LayoutDraft {
  return {
    list: object.layout.list,
    key: object.layout.key,
    sections: object.layout.sections.map((section, at) => ({
      ...newSection(),
      zh: section.label.zh,
      en: section.label.en,
      shownWhen: overlay?.sections[at]?.shown_when ?? '',
      fields: section.fields,
    })),
  };
}

export const layoutWire = (draft: LayoutDraft): LayoutOverlay => ({
  list: draft.list,
  key: draft.key,
  sections: draft.sections.map((section) => ({
    label: { zh: section.zh.trim() || section.en.trim(), en: section.en.trim() || section.zh.trim() },
    fields: section.fields,
    ...(section.shownWhen.trim() ? { shown_when: section.shownWhen.trim() } : {}),
  })),
});

// Into a section, out of wherever it stood; '' takes it out of all.
export function putField(draft: LayoutDraft, field: string, section: string): LayoutDraft {
  return {
    ...draft,
    sections: draft.sections.map((one) => {
      const others = one.fields.filter((name) => name !== field);
      return { ...one, fields: one.id === section ? [...others, field] : others };
    }),
  };
}

const machinery = new Set(['id', 'version', 'deleted_at', 'deleted_by']);
export const layable = (object: ObjectDef): Field[] =>
  object.fields.filter((field) => !machinery.has(field.name) && field.active !== false);

// Fields in no section: they stand in a last one.
const stamps = new Set(['owner', 'created_at', 'created_by', 'updated_at', 'updated_by']);
export function loose(object: ObjectDef, draft: LayoutDraft): Field[] {
  const placed = new Set(draft.sections.flatMap((section) => section.fields));
  return layable(object).filter(
    (field) => !placed.has(field.name) && !stamps.has(field.name) && field.written_by !== 'system',
  );
}
