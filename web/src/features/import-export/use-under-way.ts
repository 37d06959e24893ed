import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { keepUnderWay, underWayOf } from './under-way.ts';
import type { ImportState } from './use-import.ts';

// Keeps what is under way with the server at each step and when the page is left. `isOver`: it runs, nothing is under way any more. A browser
// that has begun nothing leaves alone what another one has.
export function useUnderWay(state: ImportState, step: string, isOver: boolean) {
  const client = useQueryClient();
  const isEmpty = state.files.length === 0;
  const value = isOver ? null : underWayOf(state);
  const stage = `${step} ${isEmpty} ${isOver}`;
  const last = useRef({ stage: '', value, isMine: false });
  useEffect(() => {
    const hasMoved = last.current.stage !== stage;
    last.current = { stage, value, isMine: last.current.isMine || !isEmpty || isOver };
    if (hasMoved && last.current.isMine) void keepUnderWay(client, value);
  });
  useEffect(
    () => () => {
      if (last.current.isMine) void keepUnderWay(client, last.current.value);
    },
    [client],
  );
}
