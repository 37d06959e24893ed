import { useSyncExternalStore } from 'react';

const phone = '(max-width: 760px)';

function subscribe(listener: () => void) {
  const media = window.matchMedia(phone);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => window.matchMedia(phone).matches);
