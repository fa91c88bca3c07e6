// The child process that reads what strangers upload. It may not write, reads only our own code, reaches no network and
// has no environment (upload-reader.ts). If the machine runs out of memory, the system ends it first.

import { answerCalls } from '../../kit/thread-call.ts';
import type { UploadRead, UploadWork } from './upload-work.ts';

/** Shortest time between two reports of progress. */
const TELL_MS = 250;

answerCalls<UploadWork, UploadRead, 'progress'>(async (work, say) => {
  let toldMs = 0;
  const tell = (): void => {
    const nowMs = performance.now();
    if (nowMs - toldMs < TELL_MS) return;
    toldMs = nowMs;
    say('progress');
  };
  // Each library is loaded when it is first needed.
  if (work.kind === 'picture') {
    const { readPicture } = await import('./picture.ts');
    return readPicture(work.bytes, work);
  }
  if (work.kind === 'photo') {
    const { readPhoto } = await import('./picture.ts');
    return readPhoto(work.bytes);
  }
  if (work.kind === 'pages') {
    const { readPages } = await import('./paper-pages.ts');
    return readPages(work.bytes, tell);
  }
  if (work.kind === 'mark') {
    const { readMark } = await import('./picture.ts');
    return readMark(work.bytes);
  }
  const { readTableBytes } = await import('./table.ts');
  return readTableBytes(work.bytes, work, tell);
});
