import { useEffect, useState } from 'react';

// The value once it has rested.
export function useRested<T>(value: T, rest_ms = 200): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest_ms);
    return () => clearTimeout(timer);
  }, [value, rest_ms]);
  return rested;
}
