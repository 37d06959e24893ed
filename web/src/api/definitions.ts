// What an organisation has made of the definitions, as administrators read and change it. A change names the version it was
// made from: two administrators never overwrite each other.
import { queryOptions } from '@tanstack/react-query';
import { get, request } from './client.ts';
import { keys } from './query-keys.ts';
import type { FieldKind, FieldType, Label, Tone } from './types.ts';

export type ChoiceOverlay = { key: string; label: Label; active?: boolean; tone?: Tone };
export type FieldOverlay = {
  name: string;
  type?: FieldType;
  label?: Label;
  help?: Label;
  required?: boolean;
  unique?: boolean;
  searched?: boolean;
  ordered?: boolean;
  kind?: FieldKind;
  scale?: number;
  max_length?: number;
  target?: string;
  choices?: ChoiceOverlay[];
  retired?: boolean;
  required_when?: string;
  shown_when?: string;
};
export type SectionOverlay = { label: Label; fields: string[]; shown_when?: string };
export type LayoutOverlay = { list: string[]; key: string[]; sections: SectionOverlay[] };
// A view of the organisation's own, or what differs of a built-in one.
export type ViewOverlay = {
  key: string;
  label?: Label;
  filter?: string;
  sort?: string;
  columns?: string[];
  group?: string;
  roles?: string[];
  active?: boolean;
};
// `role`: '' is everybody. The first that is there for a member opens the list.
export type OpeningOverlay = { role: string; view: string };
export type ViewsOverlay = { list: ViewOverlay[]; opens: OpeningOverlay[] };
export type ObjectOverlay = {
  object: string;
  custom?: boolean;
  plural?: string;
  label?: Label;
  plural_label?: Label;
  icon?: string;
  owned?: boolean;
  retired?: boolean;
  layout?: LayoutOverlay;
  views?: ViewsOverlay;
  fields?: FieldOverlay[];
};
export type DefinedView = Required<ViewOverlay> & { built_in: boolean };
export type Definition = {
  object: string;
  version: number;
  custom: boolean;
  overlay: ObjectOverlay | null;
  views: DefinedView[];
};

export const definitionsQuery = queryOptions({
  queryKey: keys.definitions,
  queryFn: ({ signal }) => get<{ objects: Definition[] }>('/definitions', undefined, signal).then((one) => one.objects),
});

// `version`: of the object's definition as it was shown; 1 for an object that is new.
export const define = (change: ObjectOverlay, version: number) =>
  request<ObjectOverlay>('POST', '/definitions', { body: change, version });
