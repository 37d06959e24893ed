// Sending a form: not twice at once, and what is refused is told beside its fields. One that went well closes, so it stays busy.
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';

export function useSend() {
  const [refusal, setRefusal] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (work: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      setRefusal(error);
      setBusy(false);
    }
  };
  const { fields: errors, rest } = fieldErrors(refusal);
  return { send, busy, refusal, errors, rest };
}
