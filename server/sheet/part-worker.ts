// The thread that makes print files and reads them back, one at a time.

import { parentPort } from 'node:worker_threads';

import { makePartInProcess } from './part-file.ts';
import type { PartMade, PartRequest } from './part-file.ts';

export type FromPartWorker = { kind: 'answer'; made: PartMade } | { kind: 'failed'; message: string };

const port = parentPort;
if (port === null) throw new Error('part-worker.ts runs as a worker thread');

port.on('message', (request: PartRequest) => {
  makePartInProcess(request).then(
    (made) => port.postMessage({ kind: 'answer', made } satisfies FromPartWorker),
    (error: unknown) => port.postMessage({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies FromPartWorker),
  );
});
