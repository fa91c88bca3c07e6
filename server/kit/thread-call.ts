// Calls to a worker thread, or to a child process that speaks as one (child-worker.ts): a request goes over, and an
// answer or an error comes back, with progress in between. The thread starts with the first call and may have several
// at once. If it dies, its calls fail and the next call starts another thread.

import { once, type EventEmitter } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { portOfChild } from './child-worker.ts';

/** An error thrown in the thread, or the end of the thread before it answered. */
export class ThreadError extends Error {
  /** Name of the error that was thrown there (`RangeError`); `ended` if the thread ended. */
  readonly kind: string;

  constructor(kind: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'ThreadError';
    this.kind = kind;
  }
}

export interface CallOptions<Progress> {
  /** Ends the thread at once, and with it all of its calls. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A worker thread, or a child process that speaks as one. Emits `message`, `error` (why it ends) and `exit`. */
export interface Far extends EventEmitter {
  postMessage(message: unknown): void;
  ref(): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

export interface ThreadCallsOptions {
  /** Makes the worker. Its script calls `answerCalls`. */
  start: () => Far;
  /** Called if a thread ended by itself; `cause` is the error that ended it, if there was one. */
  onLost?: (cause: unknown) => void;
}

type ToThread<Request> = { kind: 'call'; id: number; request: Request } | { kind: 'close' };

type FromThread<Answer, Progress> =
  | { kind: 'progress'; id: number; progress: Progress }
  | { kind: 'answer'; id: number; answer: Answer }
  | { kind: 'failed'; id: number; name: string; message: string; stack: string };

interface OpenCall<Answer, Progress> {
  resolve: (answer: Answer) => void;
  reject: (error: ThreadError) => void;
  onProgress: CallOptions<Progress>['onProgress'];
}

interface Thread<Answer, Progress> {
  worker: Far;
  calls: Map<number, OpenCall<Answer, Progress>>;
  isEnding: boolean;
}

/** The caller's side. A thread without calls does not keep the process alive. */
export class ThreadCalls<Request, Answer, Progress = never> {
  private readonly options: ThreadCallsOptions;
  private thread: Thread<Answer, Progress> | null = null;
  private lastId = 0;

  constructor(options: ThreadCallsOptions) {
    this.options = options;
  }

  /** @throws ThreadError */
  async call(request: Request, { signal, onProgress }: CallOptions<Progress> = {}): Promise<Answer> {
    if (signal?.aborted === true) throw new ThreadError('ended', 'the call was given up before it began');
    const thread = (this.thread ??= this.startThread());
    const { worker, calls } = thread;
    const id = (this.lastId += 1);
    const giveUp = (): void => void end(thread);
    signal?.addEventListener('abort', giveUp);
    worker.ref();
    try {
      return await new Promise<Answer>((resolve, reject) => {
        calls.set(id, { resolve, reject, onProgress });
        worker.postMessage({ kind: 'call', id, request } satisfies ToThread<Request>);
      });
    } finally {
      signal?.removeEventListener('abort', giveUp);
      calls.delete(id);
      if (calls.size === 0 && !thread.isEnding) worker.unref();
    }
  }

  /** Ends the thread after it has answered its calls and run its `onClose`. */
  async close(): Promise<void> {
    const { thread } = this;
    if (thread === null) return;
    thread.isEnding = true;
    thread.worker.ref();
    const ended = once(thread.worker, 'exit');
    thread.worker.postMessage({ kind: 'close' } satisfies ToThread<Request>);
    await ended;
  }

  /** Ends the thread at once. Its calls fail. */
  async terminate(): Promise<void> {
    if (this.thread !== null) await end(this.thread);
  }

  private startThread(): Thread<Answer, Progress> {
    const worker = this.options.start();
    const thread: Thread<Answer, Progress> = { worker, calls: new Map(), isEnding: false };
    let cause: unknown = null;
    worker.on('message', (message: FromThread<Answer, Progress>) => settle(thread.calls.get(message.id), message));
    worker.on('error', (error) => (cause = error));
    worker.on('exit', () => {
      if (this.thread === thread) this.thread = null;
      if (!thread.isEnding) this.options.onLost?.(cause);
      for (const { reject } of thread.calls.values())
        reject(new ThreadError('ended', `the thread ended before it answered: ${reasonOf(cause)}`, cause));
    });
    return thread;
  }
}

async function end(thread: Thread<never, never>): Promise<void> {
  thread.isEnding = true;
  await thread.worker.terminate();
}

/** By fields and not by the error's class, which may come from another realm. */
function reasonOf(cause: unknown): string {
  const { stack } = (cause ?? {}) as { stack?: unknown };
  return typeof stack === 'string' ? stack : 'it was ended';
}

function settle<Answer, Progress>(
  call: OpenCall<Answer, Progress> | undefined,
  message: FromThread<Answer, Progress>,
): void {
  switch (message.kind) {
    case 'progress':
      return call?.onProgress?.(message.progress);
    case 'answer':
      return call?.resolve(message.answer);
    case 'failed':
      return call?.reject(Object.assign(new ThreadError(message.name, message.message), { stack: message.stack }));
    default:
      message satisfies never;
  }
}

/**
 * The thread's side: answers every call. Called once, in the script of the thread or the child.
 *
 * @param answer may be called again before it has settled
 * @param onClose runs once the caller has closed the thread and all calls are answered
 */
export function answerCalls<Request, Answer, Progress = never>(
  answer: (request: Request, tell: (progress: Progress) => void) => Answer | Promise<Answer>,
  onClose: () => void = () => undefined,
): void {
  const port = parentPort ?? portOfChild();
  if (port === null) throw new Error('answerCalls is for worker threads and child processes');
  const open = new Set<Promise<void>>();
  const say = (message: FromThread<Answer, Progress>): void => port.postMessage(message);

  const take = async (id: number, request: Request): Promise<void> => {
    try {
      say({ kind: 'answer', id, answer: await answer(request, (progress) => say({ kind: 'progress', id, progress })) });
    } catch (error) {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      say({ kind: 'failed', id, name, message, stack: stack ?? message });
    }
  };
  port.on('message', (received: unknown) => {
    const message = received as ToThread<Request>;
    if (message.kind === 'call') {
      const taken = take(message.id, message.request).finally(() => open.delete(taken));
      open.add(taken);
      return;
    }
    void Promise.all(open).then(() => {
      onClose();
      port.close();
    });
  });
}
