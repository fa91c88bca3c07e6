// Print files on disk, made and read back in a thread of their own, so that look-ups stay fast meanwhile. One file at a time a
// process: a second would take the core that answers.

import { Worker } from 'node:worker_threads';

import { Queue } from '../../kit/queue.ts';
import type { PartMade, PartRequest } from './part-file.ts';
import type { TellProgress } from './part-progress.ts';
import type { FromPartWorker } from './part-worker.ts';

export type MakePart = (request: PartRequest, signal?: AbortSignal, tell?: TellProgress) => Promise<PartMade>;

let worker: Worker | null = null;
const queue = new Queue();

/**
 * Makes one file, after those asked for before it. Nothing of it is kept that was not read back.
 *
 * @param signal ends the work at once; a file that is not finished may be left under its unfinished name
 * @param tell hears a few times a second how far it is
 * @throws Error when the thread died, or the work was ended
 */
export const makePart: MakePart = (request, signal, tell) => queue.run(() => makeNow(request, signal, tell));

/** Ends the thread; a file under way is not finished. */
export async function closePartWorker(): Promise<void> {
  await worker?.terminate();
}

function makeNow(request: PartRequest, signal?: AbortSignal, tell?: TellProgress): Promise<PartMade> {
  if (signal?.aborted === true) return Promise.reject(new Error('the print file is not wanted any more'));
  const thread = worker ?? startWorker();
  thread.ref();
  return new Promise((resolve, reject) => {
    let reason = 'it was ended';
    const end = (): void => void thread.terminate();
    const settle = (finish: () => void): void => {
      thread.off('message', hear).off('error', note).off('exit', lost).unref();
      signal?.removeEventListener('abort', end);
      finish();
    };
    const hear = (message: FromPartWorker): void => {
      if (message.kind === 'progress') tell?.(message.progress);
      else settle(() => (message.kind === 'answer' ? resolve(message.made) : reject(new Error(message.message))));
    };
    const note = (error: unknown): void =>
      void (reason = error instanceof Error ? (error.stack ?? error.message) : String(error));
    const lost = (): void => settle(() => reject(new Error(`the thread that makes print files stopped: ${reason}`)));
    thread.on('message', hear).on('error', note).on('exit', lost);
    signal?.addEventListener('abort', end);
    thread.postMessage(request);
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./part-worker.ts', import.meta.url));
  worker = started;
  started.on('exit', () => {
    if (worker === started) worker = null;
  });
  // Without a listener an error of the thread would end the process; who waits for it is told by its end.
  started.on('error', () => undefined);
  return started;
}
