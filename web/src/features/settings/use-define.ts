// Saving a change of definitions. It names the version that was there when the form opened, whatever news came in since: whoever was
// slower is told, and saves again over what he was shown then.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Definition, define, definitionsQuery, type ObjectOverlay } from '../../api/definitions.ts';
import { refreshDefinitions } from '../../api/describe.ts';
import { isProblem } from '../../api/problem.ts';

export function useDefine(definition?: Definition) {
  const client = useQueryClient();
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [isStale, setStale] = useState(false);
  const [seen, setSeen] = useState(definition?.version ?? 1);
  const save = async (change: ObjectOverlay, version = seen): Promise<boolean> => {
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
        const now = await client.fetchQuery(definitionsQuery);
        setSeen(now.find((one) => one.object === change.object)?.version ?? 1);
        setStale(true);
      } else setRefusal(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, refusal, busy, isStale };
}
