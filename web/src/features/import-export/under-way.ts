// An import under way as the server keeps it for its member, so that another device or an emptied browser can go on with it: what was chosen,
// never what stands in the files. They are drafted again when it is taken up. It is kept at each step and not at each key, for a change of
// it is an event like any other.
import type { QueryClient } from '@tanstack/react-query';
import { changeRecord, createRecord, fewQuery } from '../../api/records.ts';
import type { Id } from '../../api/types.ts';
import { draftPlan } from './import-api.ts';
import type { ImportFile } from './import-model.ts';
import { type Kept, nothing } from './use-import.ts';

const preferences = 'preferences';
const name = 'import_under_way';
// What a preference holds, with room for what JSON adds.
const bytes_max = 60_000;

export const underWayQuery = fewQuery(preferences, `owner = me() and name = "${name}"`, 1);

type UnderWay = { files: ImportFile[]; text: string; isDrafted: boolean; saved: Kept['saved']; trial: Kept['trial'] };

const withoutCells = (file: ImportFile): ImportFile => ({
  ...file,
  sheets: file.sheets.map((sheet) => ({ ...sheet, sample: [] })),
});

// Nothing for what has no files, or no room.
export function underWayOf({ files, text, draftedText, saved, trial, run }: Kept): string | null {
  if (files.length === 0 || run) return null;
  const told: UnderWay = { files: files.map(withoutCells), text, isDrafted: text === draftedText, saved, trial };
  const value = JSON.stringify(told);
  return value.length > bytes_max ? null : value;
}

export function readUnderWay(value: unknown): UnderWay | null {
  try {
    const told = JSON.parse(String(value ?? 'null')) as UnderWay | null;
    return told && Array.isArray(told.files) && told.files.length > 0 ? told : null;
  } catch {
    return null;
  }
}

// Throws what is refused: files are not kept for ever.
export async function takeUp({ files, text, isDrafted, saved, trial }: UnderWay): Promise<Kept> {
  const ids: Id[] = files.map((file) => file.file);
  const draft = await draftPlan(ids, text || undefined);
  const draftedText = isDrafted ? text : '';
  return { ...nothing, files, text, draftedText, drafted: draft.files, fits: draft.plans, saved, trial };
}

// The browser has kept it already: what is refused here loses nothing.
export async function keepUnderWay(client: QueryClient, value: string | null): Promise<void> {
  try {
    const { data } = await client.fetchQuery({ ...underWayQuery, staleTime: 0 });
    const [old] = data;
    if ((old?.value ?? null) === value) return;
    if (old) await changeRecord(preferences, old.id, old.version, { value });
    else await createRecord(preferences, { name, value });
    await client.invalidateQueries({ queryKey: underWayQuery.queryKey });
  } catch {
    // Without a line, or another device was faster: the next step keeps it.
  }
}
