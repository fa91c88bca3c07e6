// The main thread's end of the reader thread: questions that may take seconds wait here, one at a time, while look-ups
// go on. The thread starts with the first question; if it dies, another is started. Decision:
// docs/decisions/0003-one-writer-thread.md.

import { Worker } from 'node:worker_threads';
import { Queue } from '../../kit/queue.ts';
import { ThreadCalls, ThreadError } from '../../kit/thread-call.ts';
import { StoreError } from '../store.ts';
import { messageOf } from './connection.ts';
import type { ReaderSettings } from './messages.ts';
import type { Answer, Answers, Question } from './scan-counts.ts';
import type { Log } from './writer.ts';

/** Questions that may wait before new ones are refused; each is somebody's page. */
export const WAITING_QUESTIONS_MAX = 500;

export interface LongReaderOptions extends ReaderSettings {
  log: Log;
  /** Tests watch the thread and end it. */
  startThread?: (settings: ReaderSettings) => Worker;
}

export function startReaderThread(settings: ReaderSettings): Worker {
  return new Worker(new URL('./reader-thread.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

export class LongReader {
  private readonly thread: ThreadCalls<Question, Answer>;
  private readonly queue = new Queue();
  private waiting = 0;
  private closed = false;

  constructor(options: LongReaderOptions) {
    const { path, rowKey, log, startThread = startReaderThread } = options;
    this.thread = new ThreadCalls({
      start: () => startThread({ path, rowKey }),
      onLost: (cause) =>
        log('store.reader-lost', { detail: cause === null ? 'the reader thread ended' : messageOf(cause) }),
    });
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

  /** Runs work while nothing is being read here, because a log that a reader holds cannot be cut. */
  quietly<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.run(work);
  }

  /** Answers the waiting questions, then ends the thread. */
  async close(): Promise<void> {
    this.closed = true;
    await this.queue.idle();
    await this.thread.close();
  }

  private async exchange(question: Question): Promise<Answer> {
    try {
      return await this.thread.call(question);
    } catch (error) {
      const isOutage = error instanceof ThreadError && (error.kind === 'ended' || error.kind === 'StoreError');
      throw isOutage ? new StoreError('unavailable', error.message, error) : error;
    }
  }
}
