// Print files as streams, drawn in worker threads so that look-ups stay fast meanwhile.
//
// A worker is at most CREDITS chunks ahead of its consumer, so a slow download neither fills the memory nor stops the
// other jobs of its thread. Idle workers do not keep the process alive.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { Result } from '../../domain/problem.ts';
import type { FromWorker, ToWorker } from './draw-messages.ts';
import { SheetError } from '../setting/sheet-error.ts';
import type { SheetJob, SheetSummary } from './sheet-job.ts';

/** One core is left for look-ups. */
const WORKERS_MAX = Math.max(1, Math.min(4, availableParallelism() - 1));
/** Jobs that take turns on one worker, 2 MiB each; more wait their turn. */
const JOBS_PER_WORKER_MAX = 8;
/** Most garbage of a page dies at once: a small nursery is swept often and keeps the process small. */
const NURSERY_MIB = 8;

interface DrawThread {
  worker: Worker;
  jobs: Map<number, (message: FromWorker) => void>;
}

/** The connection of one job to one worker. */
interface Line {
  id: number;
  say(message: ToWorker): void;
  next(): Promise<FromWorker>;
  close(): void;
}

/** The threads of this process. Their number follows from its processors, so all callers share them. */
class DrawThreads {
  private readonly threads: DrawThread[] = [];
  private readonly waiting: (() => void)[] = [];
  private lastId = 0;

  /** Waits until a thread has room for one more job. */
  async openLine(): Promise<Line> {
    let thread = this.freeThread();
    while (thread === null) {
      await new Promise<void>((turn) => this.waiting.push(turn));
      thread = this.freeThread();
    }
    const { worker, jobs } = thread;
    const id = (this.lastId += 1);
    const arrived: FromWorker[] = [];
    let wake: () => void = () => undefined;
    jobs.set(id, (message) => {
      arrived.push(message);
      wake();
    });
    worker.ref();
    return {
      id,
      say: (message) => worker.postMessage(message),
      async next() {
        for (;;) {
          const message = arrived.shift();
          if (message !== undefined) return message;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      },
      close: () => {
        jobs.delete(id);
        if (jobs.size === 0) worker.unref();
        this.waiting.shift()?.();
      },
    };
  }

  async terminate(): Promise<void> {
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  /** The least busy worker, a new one where all are busy and there may be more, or null where everything is full. */
  private freeThread(): DrawThread | null {
    const least = this.threads.toSorted((a, b) => a.jobs.size - b.jobs.size)[0];
    if (least !== undefined && (least.jobs.size === 0 || this.threads.length >= WORKERS_MAX)) {
      return least.jobs.size < JOBS_PER_WORKER_MAX ? least : null;
    }
    return this.startThread();
  }

  private startThread(): DrawThread {
    const worker = new Worker(new URL('./draw-worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MIB },
    });
    const thread: DrawThread = { worker, jobs: new Map() };
    this.threads.push(thread);
    let reason = 'it was ended';
    worker.on('message', (message: FromWorker) => thread.jobs.get(message.id)?.(message));
    worker.on('error', (error) => (reason = error instanceof Error ? (error.stack ?? error.message) : String(error)));
    worker.on('exit', () => {
      this.threads.splice(this.threads.indexOf(thread), 1);
      for (const [id, tell] of thread.jobs)
        tell({ kind: 'failed', id, message: `a drawing thread stopped: ${reason}`, problem: null });
    });
    return thread;
  }
}

const drawThreads = new DrawThreads();

/**
 * Sets the sheet without drawing it: how many pages it has, or why it cannot be.
 * Problems: `symbol-too-large`, `text-does-not-fit`, `letter-not-in-font`.
 */
export async function planSheet(job: SheetJob): Promise<Result<SheetSummary>> {
  const line = await drawThreads.openLine();
  try {
    line.say({ kind: 'plan', id: line.id, job });
    const answer = await line.next();
    if (answer.kind === 'planned') return answer.result;
    throw faultOf(answer);
  } finally {
    line.close();
  }
}

/**
 * The print file of a job, in chunks that the consumer may keep. Leaving the loop early stops the worker's work.
 *
 * @throws SheetError for a job that planSheet refuses; Error when the worker died
 */
export async function* drawSheet(job: SheetJob): AsyncGenerator<Uint8Array, void, void> {
  const line = await drawThreads.openLine();
  let hasEnded = false;
  try {
    line.say({ kind: 'draw', id: line.id, job });
    for (;;) {
      const message = await line.next();
      hasEnded = message.kind !== 'chunk';
      if (message.kind === 'end') return;
      if (message.kind !== 'chunk') throw faultOf(message);
      yield message.bytes;
      line.say({ kind: 'credit', id: line.id });
    }
  } finally {
    if (!hasEnded) line.say({ kind: 'stop', id: line.id });
    line.close();
  }
}

/** Ends all workers; jobs that run fail. For the end of the process, and of tests. */
export function closeSheetWorkers(): Promise<void> {
  return drawThreads.terminate();
}

function faultOf(message: FromWorker): Error {
  if (message.kind === 'failed' && message.problem !== null) return new SheetError(message.problem);
  return new Error(message.kind === 'failed' ? message.message : `a drawing thread said ${message.kind} out of turn`);
}
