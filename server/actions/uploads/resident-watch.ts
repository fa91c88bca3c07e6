// Limits the resident size of a child process, if the system reports it (Linux: /proc/PID/statm). Node limits only the
// JavaScript heap, not buffers and native code. The system's own limit (RLIMIT_AS) counts address space, of which Node
// reserves gigabytes that it never uses. The child also gets the lowest priority for processor and memory.

import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const LOOK_MS = 50;
const { priority } = constants;
/** Of every Linux for which there is a build of Node. */
const PAGE_BYTES = 4_096;
/** The highest: when memory runs out, the system ends this process before any other. */
const OOM_SCORE = '1000';

/** Calls `onTooLarge` once, when the process is larger. @returns a function that ends the watch */
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

/** 0 if it is unknown. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0; // it has ended, or this is not Linux
  }
}

function offerToTheSystem(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, OOM_SCORE);
    setPriority(pid, priority.PRIORITY_LOW);
  } catch {
    // It has ended, or this is not Linux.
  }
}
