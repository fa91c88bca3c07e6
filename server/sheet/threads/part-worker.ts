// The thread that makes print files and reads them back, one at a time, and says now and then how far it is.

import { parentPort } from 'node:worker_threads';

import { makePartInProcess } from './part-file.ts';
import type { PartMade, PartRequest } from './part-file.ts';
import type { PartProgress, TellProgress } from './part-progress.ts';

/** A page that shows it looks again after seconds. */
const TELL_MS = 250;

export type FromPartWorker =
  | { kind: 'progress'; progress: PartProgress }
  | { kind: 'answer'; made: PartMade }
  | { kind: 'failed'; message: string };

const port = parentPort;
if (port === null) throw new Error('part-worker.ts runs as a worker thread');

port.on('message', (request: PartRequest) => {
  let toldMs = performance.now();
  const tell: TellProgress = (progress) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_MS) return;
    toldMs = nowMs;
    port.postMessage({ kind: 'progress', progress } satisfies FromPartWorker);
  };
  makePartInProcess(request, tell).then(
    (made) => port.postMessage({ kind: 'answer', made } satisfies FromPartWorker),
    (error: unknown) =>
      port.postMessage({
        kind: 'failed',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      } satisfies FromPartWorker),
  );
});
