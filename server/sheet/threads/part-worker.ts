// The thread that makes the parts of print jobs and reads them back.

import { answerCalls } from '../../kit/thread-call.ts';
import { makePartInProcess, type PartMade, type PartRequest } from './part-file.ts';
import type { PartProgress } from './part-progress.ts';

/** The job page asks for progress every few seconds. */
const TELL_MS = 250;

answerCalls<PartRequest, PartMade, PartProgress>((request, tell) => {
  let toldMs = performance.now();
  return makePartInProcess(request, (progress) => {
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_MS) return;
    toldMs = nowMs;
    tell(progress);
  });
});
