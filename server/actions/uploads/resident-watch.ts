// Holds a child process to a resident size, where the system tells it (Linux: /proc/PID/statm). Node bounds only the heap
// of JavaScript; buffers and native code lie beside it. The system's own limit (RLIMIT_AS) counts address space, of
// which Node sets aside gigabytes that it never uses. The child also comes last where processor or memory is short.

import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const LOOK_MS = 50;
const { priority } = constants;
/** Of every Linux that Node has a build for. */
const PAGE_BYTES = 4_096;
/** The highest: when memory runs out, the system ends this process before any other. */
const OOM_SCORE = '1000';

/** Calls `onTooLarge` once, when the process is larger. @returns ends the watch */
export function watchResident(pid: number, bytesMax: number, onTooLarge: () => void): () => void {
  offerToTheSystem(pid);
  const timer = setInterval(() => {
    if (residentBytes(pid) <= bytesMax) return;
    clearInterval(timer);
    onTooLarge();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** 0 where it cannot be known. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0; // it has ended, or this is no Linux
  }
}

function offerToTheSystem(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, OOM_SCORE);
    setPriority(pid, priority.PRIORITY_LOW);
  } catch {
    // It has ended, or this is no Linux.
  }
}
