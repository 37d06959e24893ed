// An import under way, kept by this browser for this member: leaving the page loses nothing. The files are kept by the
// server, the plan is text, a trial and a run are jobs.
import { useCallback, useState } from 'react';
import { useSession } from '../../api/session.ts';
import type { Id } from '../../api/types.ts';
import { type DraftSheet, type ImportFile, type SavedFit, signature } from './import-model.ts';

export type Kept = {
  files: ImportFile[];
  text: string;
  // What the server drafted; as long as the text is still that, a new file is drafted along.
  drafted: DraftSheet[];
  draftedText: string;
  // Saved plans that fit these files, and the one that was taken.
  fits: SavedFit[];
  saved: { id: Id; name: string } | null;
  trial: { job: Id; of: string } | null;
  run: Id | null;
};

export const nothing: Kept = {
  files: [],
  text: '',
  drafted: [],
  draftedText: '',
  fits: [],
  saved: null,
  trial: null,
  run: null,
};

function remembered(key: string): Kept {
  try {
    return { ...nothing, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
  } catch {
    return nothing;
  }
}

export type ImportState = Kept & {
  isTried: boolean;
  change: (next: (old: Kept) => Partial<Kept>) => void;
  clear: () => void;
};

export function useImport(): ImportState {
  const { member, organisation } = useSession();
  const key = `shangdao.import.${organisation.key}.${member.id}`;
  const [kept, setKept] = useState(() => remembered(key));
  const change = useCallback(
    (next: (old: Kept) => Partial<Kept>) =>
      setKept((old) => {
        const fresh = { ...old, ...next(old) };
        try {
          localStorage.setItem(key, JSON.stringify(fresh));
        } catch {
          // No room left: the import goes on, only unremembered.
        }
        return fresh;
      }),
    [key],
  );
  return {
    ...kept,
    isTried: kept.trial?.of === signature(kept.text, kept.files),
    change,
    clear: () => change(() => nothing),
  };
}
