// Begins the app: registers the service worker, takes the one working place among all tabs, and hands over.

import { App } from './app.ts';
import { holdApp } from './device/between.ts';

/** Written before this script by the server: the addresses of the app's own files. */
declare const READER_WORKER: string;
declare const SERVICE_WORKER: string;

const root = document.getElementById('app');
if (root === null) throw new Error('the page has no place for the app');
const app = new App(root, READER_WORKER);

void keepShell();
await app.begin(await holdApp(false, () => app.lost()));

/** Without a service worker the app works while there is network; it is told nowhere, because nothing can be done. */
async function keepShell(): Promise<void> {
  const registration = await navigator.serviceWorker
    ?.register(SERVICE_WORKER, { scope: '/inspect', updateViaCache: 'none' })
    .catch(() => undefined);
  if (registration === undefined) return;
  const offer = (): void => {
    if (registration.waiting !== null && navigator.serviceWorker.controller !== null)
      app.offerVersion(registration.waiting);
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
  // The first visit is claimed as well; only a person's wish to take a new version loads the page again.
  navigator.serviceWorker.addEventListener('controllerchange', () => app.versionTaken());
}
