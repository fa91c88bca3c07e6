// Makes the parts of print jobs in a worker thread, so that look-ups stay fast meanwhile. One part at a time for the
// whole process: a second one would take the core that answers look-ups.

import { Worker } from 'node:worker_threads';

import { Queue } from '../../kit/queue.ts';
import { ThreadCalls } from '../../kit/thread-call.ts';
import type { PartMade, PartRequest } from './part-file.ts';
import type { PartProgress, TellProgress } from './part-progress.ts';

export type MakePart = (request: PartRequest, signal?: AbortSignal, tell?: TellProgress) => Promise<PartMade>;

const thread = new ThreadCalls<PartRequest, PartMade, PartProgress>({
  start: () => new Worker(new URL('./part-worker.ts', import.meta.url)),
});
const queue = new Queue();

/**
 * Makes one part, after those requested before it. A part that was not read back is not kept.
 *
 * @param signal ends the work at once; an unfinished part may be left under its unfinished name
 * @param tell called a few times a second with the progress
 * @throws ThreadError if the thread died, or the work was ended
 */
export const makePart: MakePart = (request, signal, tell) =>
  queue.run(() => thread.call(request, { signal, onProgress: tell }));

/** Ends the thread; a part under way is not finished. */
export function closePartWorker(): Promise<void> {
  return thread.terminate();
}
