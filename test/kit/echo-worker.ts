// A thread for thread-call.test.ts: it answers, throws, waits or dies, as the request says.

import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { answerCalls } from '../../server/kit/thread-call.ts';

export type EchoRequest =
  | { kind: 'echo'; text: string; afterMs: number }
  | { kind: 'count'; to: number }
  | { kind: 'throw'; error: 'RangeError' | 'text' }
  | { kind: 'die' }
  | { kind: 'environment' }
  | { kind: 'wait-for-ever' }
  | { kind: 'note-close'; path: string };

let closeNote: string | null = null;

answerCalls<EchoRequest, string, number>(
  async (request, tell) => {
    switch (request.kind) {
      case 'echo':
        await wait(request.afterMs);
        return request.text;
      case 'count':
        for (let number = 1; number <= request.to; number += 1) tell(number);
        return 'counted';
      case 'throw':
        if (request.error === 'RangeError') throw new RangeError('out of range');
        // A library may throw what is no Error: the caller must hear of that too.
        // oxlint-disable-next-line no-throw-literal
        throw 'a text';
      case 'die':
        setImmediate(() => {
          throw new Error('a bug beside every call');
        });
        return wait(60_000, 'never');
      case 'environment':
        return Object.keys(process.env).join(' ');
      case 'wait-for-ever':
        return wait(60_000, 'never');
      case 'note-close':
        closeNote = request.path;
        return 'noted';
      default:
        return request satisfies never;
    }
  },
  () => {
    if (closeNote !== null) writeFileSync(closeNote, 'closed');
  },
);
