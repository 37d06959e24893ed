// Saving a change of definitions: the version it was made from goes along, and everything drawn from definitions follows.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { define, definitionsQuery, type ObjectOverlay } from '../../api/definitions.ts';
import { refreshDefinitions } from '../../api/describe.ts';
import { isProblem } from '../../api/problem.ts';

export function useDefine() {
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  // Somebody else was faster: what is there now was read again, what was typed stays.
  const [isStale, setStale] = useState(false);
  const save = async (change: ObjectOverlay, version: number): Promise<boolean> => {
    setBusy(true);
    setRefusal(null);
    setStale(false);
    try {
      await define(change, version);
      await refreshDefinitions(client);
      return true;
    } catch (error) {
      if (isProblem(error, 412)) {
        await client.invalidateQueries({ queryKey: definitionsQuery.queryKey });
        setStale(true);
      } else setRefusal(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, refusal, busy, isStale };
}
