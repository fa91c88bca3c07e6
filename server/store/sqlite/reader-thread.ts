// The reader thread: a reading connection of its own, and one question after another.

import { parentPort, workerData } from 'node:worker_threads';
import { StoreError } from '../store.ts';
import { messageOf, openReading } from './connection.ts';
import type { FromReader, ToReader } from './long-reader.ts';
import { scanCounts } from './scan-counts.ts';

const port = parentPort;
if (port === null) throw new Error('reader-thread.ts runs as a worker thread');

const db = openReading(workerData as string);
const answer = scanCounts(db);
const say = (message: FromReader): void => port.postMessage(message);

port.on('message', (message: ToReader) => {
  if (message.kind === 'close') {
    db.close();
    port.close();
    return;
  }
  try {
    say({ answer: answer(message) });
  } catch (error) {
    say({ fault: { kind: error instanceof StoreError ? 'unavailable' : 'failed', message: messageOf(error) } });
  }
});
