import { useCallback, useEffect, useRef, useState } from 'react';

const rest = 200;

// The value once it has rested.
export function useRested<T>(value: T, rest_ms = rest): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest_ms);
    return () => clearTimeout(timer);
  }, [value, rest_ms]);
  return rested;
}

// Does the last thing it was told once nothing else was said for a while; forgets it when the screen goes.
export function useLater(rest_ms = rest): (deed: () => void) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (deed) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(deed, rest_ms);
    },
    [rest_ms],
  );
}
