// The main thread's end of the writer: gathers writes, sends them as one group, and settles each promise when its group
// is durable. One group is under way at a time; what arrives meanwhile forms the next one, so a busy disk makes groups
// larger, not slower. Decision: docs/decisions/0003-one-writer-thread.md.

import { Worker } from 'node:worker_threads';
import type { Scan } from '../../domain/stamp/scan.ts';
import { StoreError, type RecordedScan } from '../store.ts';
import { messageOf } from './connection.ts';
import type {
  Fault,
  FromThread,
  Group,
  GroupReply,
  Replies,
  Reply,
  ThreadSettings,
  ToThread,
  Write,
} from './messages.ts';
import { pushScan, RECORDED_CELLS, recordedOf } from './scan-rows.ts';

/** With more writes in one commit the first would wait longer without much saving: hundreds already share an fsync. */
export const GROUP_WRITES_MAX = 512;
/** Writes that may wait before new ones are refused: seconds of work, and a bound on memory. */
const WAITING_WRITES_MAX = 20_000;
/** After a thread could not even open the file, wait this long before the next attempt. */
const RESTART_WAIT_MS = 1_000;

interface WaitingScan {
  scan: Scan;
  resolve: (recorded: RecordedScan) => void;
  reject: (error: Error) => void;
}

interface WaitingWrite {
  write: Write;
  resolve: (value: Replies[Write['kind']]) => void;
  reject: (error: Error) => void;
}

interface Waiting {
  scans: WaitingScan[];
  writes: WaitingWrite[];
}

/** Reports what an operator should know: an event's name and its fields. */
export type Log = (event: string, fields: Record<string, unknown>) => void;

export interface WriterOptions extends ThreadSettings {
  log: Log;
  waitingMax?: number;
  /** Tests watch the thread and end it. */
  startThread?: (settings: ThreadSettings) => Worker;
}

/** Starts a thread that says `ready` once its connection is open, or ends. */
export function startWriterThread(settings: ThreadSettings): Worker {
  return new Worker(new URL('./writer-thread.ts', import.meta.url), {
    workerData: settings,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

export class Writer {
  private readonly options: WriterOptions;
  private readonly waitingMax: number;
  private thread: Worker | null = null;
  private ready = false;
  private closing: (() => void) | null = null;
  private closed = false;
  private flushPlanned = false;
  private startedAt = 0;
  private scans: WaitingScan[] = [];
  private writes: WaitingWrite[] = [];
  /** The group under way; null: none. */
  private sent: Waiting | null = null;

  constructor(options: WriterOptions) {
    this.options = options;
    this.waitingMax = options.waitingMax ?? WAITING_WRITES_MAX;
  }

  /** Starts the thread and opens its connection. @throws StoreError when that fails */
  async open(): Promise<void> {
    this.start();
    await this.send({ kind: 'ping' });
  }

  record(scan: Scan): Promise<RecordedScan> {
    return new Promise((resolve, reject) => {
      if (this.refuses(reject)) return;
      this.scans.push({ scan, resolve, reject });
      this.plan();
    });
  }

  send<K extends Write['kind']>(write: Extract<Write, { kind: K }>): Promise<Replies[K]> {
    return new Promise((resolve, reject) => {
      if (this.refuses(reject)) return;
      this.writes.push({ write, resolve: resolve as WaitingWrite['resolve'], reject });
      this.plan();
    });
  }

  /** Commits the waiting writes, then ends the thread. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    while (this.sent !== null || this.scans.length + this.writes.length > 0) {
      await new Promise<void>((resolve) => {
        this.closing = resolve;
        this.plan();
      });
    }
    const { thread } = this;
    if (thread === null) return;
    this.thread = null;
    const ended = new Promise<void>((resolve) => {
      thread.once('exit', () => resolve());
    });
    thread.postMessage({ kind: 'close' } satisfies ToThread);
    await ended;
  }

  private refuses(reject: (error: Error) => void): boolean {
    if (this.closed) reject(new StoreError('unavailable', 'the store is closed'));
    else if (this.scans.length + this.writes.length >= this.waitingMax) {
      reject(new StoreError('unavailable', `${this.waitingMax} writes wait already`));
    } else return false;
    return true;
  }

  /** Gathers the writes of this turn of the event loop. */
  private plan(): void {
    if (this.flushPlanned || this.sent !== null) return;
    this.flushPlanned = true;
    setImmediate(() => {
      this.flushPlanned = false;
      this.flush();
    });
  }

  private flush(): void {
    if (this.sent !== null || this.scans.length + this.writes.length === 0) return;
    if (this.thread === null && !this.restart()) return;
    if (!this.ready || this.thread === null) return;
    const { scans, writes } = this.take(GROUP_WRITES_MAX);
    this.sent = { scans, writes };
    const group: Group = { scans: [], writes: writes.map(({ write }) => write) };
    for (const { scan } of scans) pushScan(group.scans, scan);
    try {
      this.thread.postMessage({ kind: 'group', group } satisfies ToThread);
    } catch (error) {
      this.settle({ fault: { kind: 'failed', message: messageOf(error) } });
    }
  }

  private start(): void {
    const { path, rowKey, synchronous } = this.options;
    this.ready = false;
    this.startedAt = performance.now();
    const thread = (this.options.startThread ?? startWriterThread)({ path, rowKey, synchronous });
    this.thread = thread;
    let cause: unknown = null;
    thread.on('message', (message: FromThread) => this.hear(message));
    thread.on('error', (error) => {
      cause = error;
    });
    thread.on('exit', () => {
      if (this.thread === thread) this.lost(cause);
    });
  }

  /** Starts a thread after one died. False: it is too early for another attempt, and the waiting writes are refused. */
  private restart(): boolean {
    if (performance.now() - this.startedAt < RESTART_WAIT_MS && !this.ready) {
      this.rejectWaiting(new StoreError('unavailable', 'the writer thread could not be started'));
      return false;
    }
    this.start();
    return true;
  }

  private hear(message: FromThread): void {
    switch (message.kind) {
      case 'ready':
        this.ready = true;
        this.flush();
        return;
      case 'done':
        this.settle(message.reply);
        return;
      case 'log':
        this.options.log(message.event, { detail: message.detail });
        return;
      default:
        message satisfies never;
    }
  }

  /** The thread ended by itself: the writes that it was committing may be durable or not. */
  private lost(cause: unknown): void {
    this.options.log('store.writer-lost', { detail: cause === null ? 'the writer thread ended' : messageOf(cause) });
    const wasReady = this.ready;
    this.thread = null;
    if (this.sent !== null) {
      this.settle({ fault: { kind: 'unknown-commit', message: 'the writer thread ended while it committed' } });
      return;
    }
    if (wasReady) this.plan();
    else this.rejectWaiting(new StoreError('unavailable', 'the writer thread could not be started', cause));
  }

  private settle(reply: GroupReply): void {
    const { sent } = this;
    if (sent === null) return;
    this.sent = null;
    if ('fault' in reply) rejectAll(sent, errorOf(reply.fault));
    else answerAll(sent, reply);
    this.flush();
    this.signalIdle();
  }

  private rejectWaiting(error: Error): void {
    rejectAll(this.take(Infinity), error);
    this.signalIdle();
  }

  /** The first `max` waiting writes; scans come last, because other writes are few. */
  private take(max: number): Waiting {
    const writes = this.writes.splice(0, max);
    const scans = this.scans.splice(0, max - writes.length);
    return { scans, writes };
  }

  private signalIdle(): void {
    this.closing?.();
    this.closing = null;
  }
}

function rejectAll({ scans, writes }: Waiting, error: Error): void {
  for (const { reject } of scans) reject(error);
  for (const { reject } of writes) reject(error);
}

function answerAll({ scans, writes }: Waiting, reply: Exclude<GroupReply, { fault: Fault }>): void {
  const failed = new Map(reply.scanFaults);
  for (const [i, { scan, resolve, reject }] of scans.entries()) {
    const fault = failed.get(i);
    if (fault === undefined) resolve(recordedOf(reply.scans, i * RECORDED_CELLS, scan.batchId, scan.serial));
    else reject(errorOf(fault));
  }
  for (const [i, { resolve, reject }] of writes.entries()) {
    const answer = reply.replies[i] as Reply;
    if ('fault' in answer) reject(errorOf(answer.fault));
    else resolve(answer.value);
  }
}

/** `failed` means a broken write, which is our bug; all other faults are the store's. */
function errorOf(fault: Fault): Error {
  return fault.kind === 'failed' ? new Error(fault.message) : new StoreError(fault.kind, fault.message);
}
