// The messages between the server's thread and a drawing thread. `id` names one job on one worker.

import type { Problem, Result } from '../../domain/problem.ts';
import type { SheetJob, SheetSummary } from './sheet-job.ts';

export type ToWorker =
  | { kind: 'plan'; id: number; job: SheetJob }
  | { kind: 'draw'; id: number; job: SheetJob }
  /** The consumer has taken a chunk: one more may be sent. */
  | { kind: 'credit'; id: number }
  /** The consumer has left this job. */
  | { kind: 'stop'; id: number };

export type FromWorker =
  | { kind: 'planned'; id: number; result: Result<SheetSummary> }
  /** The buffer is transferred, not copied. */
  | { kind: 'chunk'; id: number; bytes: Uint8Array }
  | { kind: 'end'; id: number }
  | { kind: 'failed'; id: number; message: string; problem: Problem | null };

/** Chunks a worker may be ahead of its consumer: with CHUNK_BYTES of pdf-writer.ts, half a mebibyte a job. */
export const CREDITS = 4;
