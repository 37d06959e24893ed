// Looking at a record beside the list it stands in: `?peek=deals/17`. The address says it, so Back closes it and a copied link
// shows it; the trail is the list behind, in its order, for the steps to the next one.
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useSyncExternalStore } from 'react';

// `deals/17`
export type Place = string;
type Trail = () => Place[];

declare module '@tanstack/history' {
  interface HistoryState {
    // How many peeks were opened one from another: closing goes back behind all of them.
    peeks?: number;
  }
}

const nothing: Trail = () => [];
let listed: Trail = nothing;
let trail: Trail = nothing;
const listeners = new Set<() => void>();

function follow(next: Trail) {
  trail = next;
  for (const listener of listeners) listener();
}

// The list on the page says what stands in it, also beyond what is drawn. Others are asked by their links.
export function usePeekTrail(places: Trail) {
  const latest = useRef(places);
  useEffect(() => {
    latest.current = places;
  });
  useEffect(() => {
    const mine: Trail = () => latest.current();
    listed = mine;
    return () => {
      if (listed === mine) listed = nothing;
      if (trail === mine) follow(nothing);
    };
  }, []);
}

export const placeOf = (plural: string, id: string): Place => `${plural}/${id}`;

export function parsePlace(place: string | undefined): { plural: string; id: string } | null {
  const match = /^([a-z_0-9]+)\/(\d+)$/.exec(place ?? '');
  return match ? { plural: match[1] as string, id: match[2] as string } : null;
}

// Where a step from `place` leads along a trail; null at its ends and off it.
export function neighbour(places: Place[], place: Place, step: 1 | -1): Place | null {
  const at = places.indexOf(place);
  return at < 0 ? null : (places[at + step] ?? null);
}

const paths = /^\/([a-z_0-9]+\/\d+)$/;

// The records whose links stand in the same list as this one, each once.
export function placesAround(from: Element | null): Place[] {
  const list = from?.closest('ul, ol, table, tbody, [data-trail]')?.closest('[data-trail], ul, ol, table');
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('a[href]') ?? [])];
  const places = links.flatMap((link) => paths.exec(link.pathname)?.[1] ?? []);
  return [...new Set(places)];
}

// What the address says is peeked at.
export const usePeeked = (): Place | undefined => (useSearch({ strict: false }) as { peek?: string }).peek;

// Looks at the address when it is used: what every row has is light.
export function usePeek() {
  const router = useRouter();
  const depth = () => router.state.location.state.peeks ?? 0;
  const show = (peek: string | undefined, peeks: number, replace: boolean) =>
    router.navigate({
      to: '.',
      search: (old: object) => ({ ...old, peek }),
      state: { peeks: peeks || undefined },
      replace,
    } as never);
  return {
    open(place: Place, from: Element | null = null) {
      const around = placesAround(from);
      const { peek } = router.state.location.search as { peek?: string };
      if (!peek) follow(listed().includes(place) ? listed : () => around);
      void show(place, depth() + 1, false);
    },
    step(place: Place) {
      void show(place, depth(), true);
    },
    // A page that was opened by its address has nothing of ours behind it.
    close() {
      if (depth() > 0) router.history.go(-depth());
      else void show(undefined, 0, true);
    },
  };
}

export const useTrail = (): Place[] =>
  useSyncExternalStore(
    (heard) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    () => trail,
  )();
