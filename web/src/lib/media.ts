import { useSyncExternalStore } from 'react';

// One list for all that ask: each row of a grid does.
let list: MediaQueryList | undefined;
const phone = () => {
  list ??= window.matchMedia('(max-width: 760px)');
  return list;
};

function subscribe(listener: () => void) {
  phone().addEventListener('change', listener);
  return () => phone().removeEventListener('change', listener);
}

export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => phone().matches);
