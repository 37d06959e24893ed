// The shell for whoever is signed in. Signed out meanwhile, elsewhere or by time: sign in, and back to where one was.
import { useSuspenseQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { CatalogueProvider } from '../../api/describe.ts';
import { sessionQuery } from '../../api/session.ts';
import { Shell } from './shell.tsx';

export function SignedIn() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (session)
    return (
      <CatalogueProvider>
        <Shell />
      </CatalogueProvider>
    );
  const { pathname, search } = window.location;
  return pathname === '/sign-in' ? null : <Navigate to="/sign-in" search={{ to: pathname + search }} replace />;
}
