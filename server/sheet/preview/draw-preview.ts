// Previews and test pages, drawn in a thread so that look-ups stay fast meanwhile. One thread for the whole process,
// which draws one after the other; the gate decides how many may wait (web/gates.ts). It is not the thread of print
// files, where a preview would wait for a million stamps.

import { Worker } from 'node:worker_threads';
import { ThreadCalls } from '../../kit/thread-call.ts';
import type { FitResult, FitWork, PreviewResult, PreviewWork } from './preview-work.ts';

const thread = new ThreadCalls<PreviewWork | FitWork, PreviewResult | FitResult>({
  start: () => new Worker(new URL('./preview-worker.ts', import.meta.url)),
});

/** Problems: as each kind of work says. @throws ThreadError when the thread died */
export function drawPreview(work: PreviewWork): Promise<PreviewResult> {
  return thread.call(work) as Promise<PreviewResult>;
}

/** Setting a label takes a millisecond: all templates of an office are set in this thread too. */
export function fitTemplates(work: Omit<FitWork, 'kind'>): Promise<FitResult> {
  return thread.call({ kind: 'fit', ...work }) as Promise<FitResult>;
}

/** Ends the thread; for the end of the process, and for tests. */
export function closePreviewWorker(): Promise<void> {
  return thread.terminate();
}
