// The writer thread: owns the only writing connection, commits one group for each message, and answers when it is
// durable.

import { parentPort, workerData } from 'node:worker_threads';
import { headPath, openAnsweredCount } from './answered-count.ts';
import { openWriting } from './connection.ts';
import { openHeadBeside } from '../head-beside.ts';
import { GroupCommit } from './group-commit.ts';
import type { FromThread, ThreadSettings, ToThread } from './messages.ts';
import { sealsOf } from '../seals.ts';

const port = parentPort;
if (port === null) throw new Error('writer-thread.ts runs as a worker thread');

const settings = workerData as ThreadSettings;
const say = (message: FromThread): void => port.postMessage(message);
const answered = openAnsweredCount(settings.path);
const head = openHeadBeside(headPath(settings.path), sealsOf(settings.rowKey).chainHead);
const commit = new GroupCommit({
  open: () => openWriting(settings.path, settings.synchronous),
  rowKey: settings.rowKey,
  keepAnswered: answered.keep,
  keepHead: head.keep,
  log: (event, detail) => say({ kind: 'log', event, detail }),
});

commit.connect();
port.on('message', (message: ToThread) => {
  if (message.kind === 'group') {
    say({ kind: 'done', reply: commit.run(message.group) });
    return;
  }
  commit.close();
  answered.close();
  head.close();
  port.close();
});
say({ kind: 'ready' });
