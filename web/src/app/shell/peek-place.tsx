// Where a record is looked at beside any page: `?peek=deals/17`. On a phone there is no beside: the record is the page.
import { Navigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { moreWords } from '../../i18n/i18n.ts';
import { usePhone } from '../../lib/media.ts';
import { parsePlace, usePeek, usePeeked } from '../../records/peek.ts';

const Peek = lazy(async () => {
  const [room] = await Promise.all([import('../../records/show/peek.tsx'), moreWords('record')]);
  return { default: room.Peek };
});

export function PeekPlace() {
  const phone = usePhone();
  const place = usePeeked();
  useSpace();
  if (!place) return null;
  if (phone) return <Navigate to={`/${place}`} replace />;
  return (
    <Suspense fallback={null}>
      <Peek place={place} />
    </Suspense>
  );
}

// Space on any link to a record peeks at it, wherever the link stands.
function useSpace() {
  const catalogue = useCatalogue();
  const phone = usePhone();
  const peek = usePeek();
  const latest = useRef(peek);
  useEffect(() => {
    latest.current = peek;
  });
  useEffect(() => {
    if (phone) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== ' ' || event.defaultPrevented || event.isComposing) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const link = event.target;
      if (!(link instanceof HTMLAnchorElement) || link.origin !== window.location.origin) return;
      const named = parsePlace(link.pathname.slice(1));
      if (!named || !catalogue.plural(named.plural)?.rights.read) return;
      event.preventDefault();
      latest.current.open(`${named.plural}/${named.id}`, link);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [catalogue, phone]);
}
