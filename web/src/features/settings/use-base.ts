// What a form was opened on. News of it is taken over while nothing was typed; afterwards it is only told, and what was typed stays.
import { useEffect, useState } from 'react';

export function useBase<Data>(current: Data, keyOf: (data: Data) => string | number) {
  const [base, setBase] = useState(current);
  const isOutdated = keyOf(current) !== keyOf(base);
  return { base, isOutdated, take: () => setBase(current) };
}

// Runs once the form is as it was and something newer is there.
export function useTakeOver(ready: boolean, take: () => void) {
  useEffect(() => {
    if (ready) take();
  });
}
