// The child process that reads what strangers send. It may write nothing, reads only our own code, reaches no network
// and has no environment (upload-reader.ts). When memory runs out on the machine, it is the first that the system ends.

import { answerCalls } from '../../kit/thread-call.ts';
import type { UploadRead, UploadWork } from './upload-work.ts';

/** Progress is told this often at most. */
const TELL_MS = 250;

answerCalls<UploadWork, UploadRead, 'progress'>(async (work, say) => {
  let toldMs = 0;
  const tell = (): void => {
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_MS) return;
    toldMs = nowMs;
    say('progress');
  };
  // Each library is opened when it is first needed.
  if (work.kind === 'picture') {
    const { readPicture } = await import('./picture.ts');
    return readPicture(work.bytes, work);
  }
  const { readTableBytes } = await import('./table.ts');
  return readTableBytes(work.bytes, work.isExact, tell);
});
