// The app's service worker, written by hand: it keeps the app's own files so that it opens without network, and sends
// what waits when the browser says that the network is back. It touches no answer of the server and no page but the
// app's, and a new version never touches the queue: that is in the database, in no cache.

import { sendWaiting } from './core/outbox.ts';
import { ServerClock } from './core/proof.ts';
import { openDatabase, outboxIn, readMeta, wipe } from './device/database.ts';
import { SEND_LOCK, SEND_TAG, tellTabs } from './device/between.ts';
import { AppServer } from './device/server.ts';

/** Written before this script by the server: the hash of all files, and their addresses. */
declare const SHELL_VERSION: string;
declare const SHELL_FILES: readonly string[];

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Syncing extends Waiting {
  tag: string;
}
interface WorkerScope {
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<E extends Event>(type: string, listener: (event: E) => void): void;
}

const PAGE = '/inspect';
const CACHE = `temtrace-inspect ${SHELL_VERSION}`;
const worker = self as unknown as WorkerScope;
const kept = new Set(SHELL_FILES);

worker.addEventListener<Waiting>('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener<Waiting>('activate', (event) => event.waitUntil(takeOver()));
worker.addEventListener<Fetching>('fetch', (event) => {
  const path = keptPath(event.request);
  if (path !== null) event.respondWith(fromShell(path, event.request));
});
worker.addEventListener<Syncing>('sync', (event) => {
  if (event.tag === SEND_TAG) event.waitUntil(sendInBackground());
});
// A person asks for the new version; it never takes over by itself in the middle of a round.
worker.addEventListener<MessageEvent>('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting();
});

/** All files or none: a shell with a hole would fail at the stall. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL_FILES.map((file) => new Request(file, { cache: 'no-cache' })));
}

async function takeOver(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('temtrace-inspect ') && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The kept file that answers a request; null: it is none of ours. */
function keptPath({ method, url, mode }: Request): string | null {
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin) return null;
  if (mode === 'navigate') return pathname === PAGE ? PAGE : null;
  return kept.has(pathname) ? pathname : null;
}

async function fromShell(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

/** Rejects while something is left, so that the browser wakes us again. */
async function sendInBackground(): Promise<void> {
  await navigator.locks.request(SEND_LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return; // the open app is sending
    const database = await openDatabase();
    const device = await readMeta(database, 'device');
    if (device === null) return database.close();
    const clock = new ServerClock(() => Date.now(), (await readMeta(database, 'offsetMs')) ?? 0);
    const sent = await sendWaiting(outboxIn(database, device.keys.queue), new AppServer(device.keys, clock));
    if (sent.kind === 'shut') await wipe(database);
    else database.close();
    tellTabs(sent.kind === 'shut' ? 'wiped' : 'sent');
    if (sent.kind === 'no-network' || sent.kind === 'later') throw new Error('something is left to send');
  });
}
