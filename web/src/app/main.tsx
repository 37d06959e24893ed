import '../lib/old-browsers.ts';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/print.css';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { setZone } from '../i18n/format.ts';
import { activate, locale, startingLocale } from '../i18n/i18n.ts';
import { startTheme } from '../lib/theme.ts';
import { client } from './first.ts';
import { Providers } from './providers.tsx';
import { fetchPage, makeRouter, routePatterns } from './router.tsx';
import { wire } from './wiring.ts';
import { startWorker } from './worker.ts';

startTheme();
wire();
void start();

// Top-level await would need newer browsers than the ones we promise.
async function start() {
  const words = activate(startingLocale());
  const router = makeRouter(client);
  fetchPage(router);
  await words;
  setZone({ locale: locale() });
  const root = document.getElementById('root');
  if (!root) return;
  // What an outside check walks through.
  root.dataset.routes = routePatterns.join(' ');
  createRoot(root).render(
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>,
  );
  startWorker();
}
