import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ChildWorker } from '../../server/kit/child-worker.ts';
import { ThreadCalls, ThreadError, type Far } from '../../server/kit/thread-call.ts';
import type { EchoRequest } from './echo-worker.ts';

const ECHO = new URL('./echo-worker.ts', import.meta.url);

const threads: Far[] = [];
const lost: unknown[] = [];
let calls: ThreadCalls<EchoRequest, string, number>;

let start: () => Far;
const open = (): void => {
  calls = new ThreadCalls({
    start() {
      const worker = start();
      threads.push(worker);
      return worker;
    },
    onLost: (cause) => lost.push(cause),
  });
};
const echo = (text: string, afterMs = 0): Promise<string> => calls.call({ kind: 'echo', text, afterMs });
const refused = (call: Promise<string>): Promise<unknown> => call.catch((error: unknown) => error);

afterEach(async () => {
  await calls.terminate();
  threads.length = 0;
  lost.length = 0;
});

/** Whether it can report the error that ended it. */
describe.each([
  { name: 'a thread', saysWhy: true, begin: (): Far => new Worker(ECHO) },
  { name: 'a child process', saysWhy: false, begin: (): Far => new ChildWorker({ script: ECHO, execArgv: [] }) },
])('$name', ({ begin, saysWhy }) => {
  beforeEach(() => void (start = begin));

  test('starts with the first call and answers all that follow', async () => {
    open();
    expect(threads).toHaveLength(0);
    expect([await echo('one'), await echo('two')]).toEqual(['one', 'two']);
    expect(threads).toHaveLength(1);
  });

  test('answers two calls at once, each its own', async () => {
    open();
    const ended: string[] = [];
    const note = (call: Promise<string>): Promise<void> => call.then((text) => void ended.push(text));
    await Promise.all([note(echo('slow', 200)), note(echo('quick'))]);
    expect(ended).toEqual(['quick', 'slow']);
  });

  test('tells how far it is, to the call that asked', async () => {
    open();
    const [heard, unheard]: number[][] = [[], []];
    await Promise.all([
      calls.call({ kind: 'count', to: 3 }, { onProgress: (number) => heard?.push(number) }),
      calls.call({ kind: 'echo', text: 'x', afterMs: 20 }, { onProgress: (number) => unheard?.push(number) }),
    ]);
    expect([heard, unheard]).toEqual([[1, 2, 3], []]);
  });

  test('that throws fails its call with the kind of error, and goes on', async () => {
    open();
    const first = await refused(calls.call({ kind: 'throw', error: 'RangeError' }));
    expect(first).toBeInstanceOf(ThreadError);
    expect(first).toMatchObject({ kind: 'RangeError', message: 'out of range' });
    expect(await refused(calls.call({ kind: 'throw', error: 'text' }))).toMatchObject({ kind: 'Error' });
    expect(await echo('still here')).toBe('still here');
    expect([threads.length, lost]).toEqual([1, []]);
  });

  test('that is killed fails every call it had, and the next call starts another', async () => {
    open();
    await echo('begun');
    const cut = [refused(calls.call({ kind: 'wait-for-ever' })), refused(calls.call({ kind: 'wait-for-ever' }))];
    await threads[0]?.terminate();
    for (const call of cut) expect(await call).toMatchObject({ kind: 'ended' });
    expect(lost).toEqual([null]);
    expect(await echo('again')).toBe('again');
    expect(threads).toHaveLength(2);
  });

  test('that dies of a bug says which', async () => {
    open();
    const [dead, beside] = [refused(calls.call({ kind: 'die' })), refused(calls.call({ kind: 'wait-for-ever' }))];
    for (const call of [dead, beside])
      expect(await call).toMatchObject({
        kind: 'ended',
        message: expect.stringContaining(saysWhy ? 'a bug beside every call' : 'it was ended'),
      });
    expect(lost).toMatchObject([saysWhy ? { message: 'a bug beside every call' } : null]);
  });

  test('is ended by the signal of one of its calls; one that is given up before never begins', async () => {
    open();
    const giveUp = new AbortController();
    const waiting = refused(calls.call({ kind: 'wait-for-ever' }, { signal: giveUp.signal }));
    giveUp.abort();
    expect(await waiting).toMatchObject({ kind: 'ended' });
    expect(await refused(calls.call({ kind: 'die' }, { signal: giveUp.signal }))).toMatchObject({ kind: 'ended' });
    expect([threads.length, lost]).toEqual([1, []]);
  });

  test('that is closed answers what it has, cleans up and ends', async () => {
    open();
    const folder = mkdtempSync(join(tmpdir(), 'temtrace-thread-'));
    const path = join(folder, 'note');
    await calls.call({ kind: 'note-close', path });
    const last = echo('last', 50);
    await calls.close();
    expect(await last).toBe('last');
    expect(readFileSync(path, 'utf8')).toBe('closed');
    rmSync(folder, { recursive: true });
    expect(lost).toEqual([]);
    expect(await echo('anew')).toBe('anew');
    expect(threads).toHaveLength(2);
  });
});

test('a child process gets nothing of our environment', async () => {
  process.env['TEMTRACE_TEST_SECRET'] = 'secret';
  start = () => new ChildWorker({ script: ECHO, execArgv: [] });
  open();
  expect(await calls.call({ kind: 'environment' })).not.toContain('TEMTRACE_TEST_SECRET');
  delete process.env['TEMTRACE_TEST_SECRET'];
});
