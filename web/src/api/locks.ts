// A record that somebody locked by hand is only read, until one who may unlocks it.
import { queryOptions } from '@tanstack/react-query';
import { get } from './client.ts';
import { keys } from './query-keys.ts';
import type { Id, ObjectDef, Reference } from './types.ts';

export type Lock = { by: Reference | null; since: string; reason: string };
// `may`: this reader may lock and unlock it.
export type LockState = { lock: Lock | null; may: boolean };

export const lockQuery = (plural: string, id: Id) =>
  queryOptions({
    queryKey: keys.lock(plural, id),
    queryFn: ({ signal }) => get<LockState>(`/${plural}/${id}/lock`, undefined, signal),
  });

// The object as a screen draws it while its record is locked, and once it is erased.
export const onlyRead = (object: ObjectDef): ObjectDef => ({
  ...object,
  rights: { ...object.rights, edit: false, delete: false },
  verbs: [],
});
