// The thread that draws. Its jobs take turns, one chunk each, so that a slow consumer delays no other job.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';

import { planSheetInProcess, drawSheetInProcess } from '../pdf/draw-job.ts';
import { CREDITS, type FromWorker, type ToWorker } from './draw-messages.ts';
import { SheetError } from '../setting/sheet-error.ts';
import type { SheetJob } from './sheet-job.ts';
import { drawLabelsInProcess } from '../thermal/draw-labels.ts';
import { isThermal } from '../thermal/thermal-job.ts';

interface Running {
  credits: number;
  isStopped: boolean;
  /** Called when credits or isStopped change. */
  wake: () => void;
}

const port = parentPort;
if (port === null) throw new Error('draw-worker.ts runs as a worker thread');
const running = new Map<number, Running>();
const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'plan':
      say(answered(message.id, () => ({ kind: 'planned', id: message.id, result: planSheetInProcess(message.job) })));
      return;
    case 'draw':
      void draw(message.id, message.job).then(say);
      return;
    case 'credit':
    case 'stop': {
      const job = running.get(message.id);
      if (job === undefined) return; // it ended while the message was on its way
      if (message.kind === 'credit') job.credits += 1;
      else job.isStopped = true;
      job.wake();
      return;
    }
    default:
      message satisfies never;
  }
});

async function draw(id: number, job: SheetJob): Promise<FromWorker> {
  const state: Running = { credits: CREDITS, isStopped: false, wake: () => undefined };
  running.set(id, state);
  try {
    const chunks = isThermal(job) ? drawLabelsInProcess(job) : drawSheetInProcess(job);
    for (;;) {
      while (state.credits === 0 && !state.isStopped) await new Promise<void>((wake) => (state.wake = wake));
      if (state.isStopped) break;
      const next = chunks.next();
      if (next.done === true) break;
      state.credits -= 1;
      say({ kind: 'chunk', id, bytes: next.value }, [next.value.buffer]);
      await nextTurn();
    }
    return { kind: 'end', id };
  } catch (error) {
    return failed(id, error);
  } finally {
    running.delete(id);
  }
}

function answered(id: number, answer: () => FromWorker): FromWorker {
  try {
    return answer();
  } catch (error) {
    return failed(id, error);
  }
}

function failed(id: number, error: unknown): FromWorker {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'failed', id, message, problem: error instanceof SheetError ? error.problem : null };
}
