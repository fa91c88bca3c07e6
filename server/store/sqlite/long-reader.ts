// The main thread's end of the reader thread: questions whose answer may take seconds wait here, one under way at a time, and
// look-ups go on meanwhile. The thread starts with the first question; one that dies is followed by another.
// Decision: docs/decisions/0003-one-writer-thread.md.

import { Worker } from 'node:worker_threads';
import { Queue } from '../../kit/queue.ts';
import { StoreError } from '../store.ts';
import { messageOf } from './connection.ts';
import type { Answer, Answers, Question } from './scan-counts.ts';
import type { Log } from './writer.ts';

/** Questions that may wait before new ones are refused: each is somebody's page. */
export const WAITING_QUESTIONS_MAX = 500;

export type ToReader = Question | { kind: 'close' };
/** `failed`: a bug of ours, not the store's. */
export type FromReader = { answer: Answer } | { fault: { kind: 'unavailable' | 'failed'; message: string } };

export interface LongReaderOptions {
  path: string;
  log: Log;
  /** Tests look at the thread, and end it. */
  startThread?: (path: string) => Worker;
}

export function startReaderThread(path: string): Worker {
  return new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: path,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

export class LongReader {
  private readonly options: LongReaderOptions;
  private thread: Worker | null = null;
  /** What is waited for by the question under way. */
  private asked: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;
  private readonly queue = new Queue();
  private waiting = 0;
  private closed = false;

  constructor(options: LongReaderOptions) {
    this.options = options;
  }

  async ask<K extends Question['kind']>(question: Extract<Question, { kind: K }>): Promise<Answers[K]> {
    if (this.closed) throw new StoreError('unavailable', 'the store is closed');
    if (this.waiting >= WAITING_QUESTIONS_MAX)
      throw new StoreError('unavailable', `${WAITING_QUESTIONS_MAX} long questions wait already`);
    this.waiting += 1;
    try {
      return (await this.quietly(() => this.exchange(question))) as Answers[K];
    } finally {
      this.waiting -= 1;
    }
  }

  /** Does something while nothing is being read here: a log that a reader holds cannot be cut. */
  quietly<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.run(work);
  }

  /** Answers what waits, then ends the thread. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.idle();
    const { thread } = this;
    if (thread === null) return;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
    });
    thread.postMessage({ kind: 'close' } satisfies ToReader);
    await ended;
  }

  private exchange(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.asked = { resolve, reject };
      this.thread ??= this.start();
      this.thread.postMessage(question satisfies ToReader);
    });
  }

  private start(): Worker {
    const thread = (this.options.startThread ?? startReaderThread)(this.options.path);
    let cause: unknown = null;
    thread.on('message', (message: FromReader) => this.hear(message));
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', () => this.lost(cause));
    return thread;
  }

  private hear(message: FromReader): void {
    const { asked } = this;
    this.asked = null;
    if ('answer' in message) asked?.resolve(message.answer);
    else
      asked?.reject(
        message.fault.kind === 'failed'
          ? new Error(message.fault.message)
          : new StoreError('unavailable', message.fault.message),
      );
  }

  private lost(cause: unknown): void {
    this.thread = null;
    if (this.closed && this.asked === null) return;
    this.options.log('store.reader-lost', { detail: cause === null ? 'the reader thread ended' : messageOf(cause) });
    this.asked?.reject(new StoreError('unavailable', 'the reader thread ended', cause));
    this.asked = null;
  }
}
