// A child process for upload-reader.test.ts; its input says how it fails.

import { setTimeout as wait } from 'node:timers/promises';
import { answerCalls } from '../../../server/kit/thread-call.ts';
import type { UploadRead, UploadWork } from '../../../server/actions/uploads/upload-work.ts';

answerCalls<UploadWork, UploadRead, 'progress'>(async ({ bytes }, tell) => {
  const what = Buffer.from(bytes).toString();
  const held: unknown[] = [];
  for (let step = 0; what !== 'answer'; step += 1) {
    if (what === 'heap') held.push(Array.from({ length: 1_000_000 }, () => ({ step })));
    if (what === 'buffers') held.push(Buffer.alloc(16 * 1024 * 1024, 1));
    if (what === 'slow') tell('progress');
    if (what === 'slow' && step === 8) break;
    await wait(what === 'silent' ? 60_000 : what === 'slow' ? 700 : 5);
  }
  return { kind: 'picture', bytes: Buffer.from(String(process.pid)) };
});
