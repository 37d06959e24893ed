import { useEffect, useState } from 'react';

// The part that drags, once the browser has time for it and where there is a mouse; null until then, and on a phone for good.
export function useDragRoom() {
  const [room, setRoom] = useState<typeof import('./drag.ts') | null>(null);
  useEffect(() => {
    if (!window.matchMedia('(hover: hover) and (pointer: fine)').matches) return;
    let wanted = true;
    const load = () => void import('./drag.ts').then((loaded) => wanted && setRoom(() => loaded));
    const timer = setTimeout(load, 200);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, []);
  return room;
}
