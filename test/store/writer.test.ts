// The writer when things break: an error while committing, a lock held by another process, a failing write, a thread
// that dies.

import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import { openWriting, prepare, rowsOf, type Cell } from '../../server/store/sqlite/connection.ts';
import { GroupCommit, type GroupCommitParts } from '../../server/store/sqlite/group-commit.ts';
import type { Fault, Group, GroupReply, Write } from '../../server/store/sqlite/messages.ts';
import { migrate } from '../../server/store/sqlite/migrations.ts';
import { pushScan, RECORDED_CELLS, recordedOf } from '../../server/store/sqlite/scan-rows.ts';
import { signStore } from '../../server/store/sqlite/trust.ts';
import { GROUP_WRITES_MAX, startWriterThread, Writer, type WriterOptions } from '../../server/store/sqlite/writer.ts';
import { aLine } from '../fixtures/records/audit.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { aScan } from '../fixtures/records/scans.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-writer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ROW_KEY = new Uint8Array(32).fill(7);
let files = 0;

/** A store's file with its schema and no rows. */
function anEmptyStore(): string {
  files += 1;
  const path = join(folder, `store-${files}.db`);
  const db = openWriting(path, 'OFF');
  migrate(db, {
    sign: () => signStore(db, ROW_KEY, MADE_AT, TIME_ZONE),
    seal: () => undefined,
    countForgotten: () => undefined,
  });
  db.close();
  return path;
}

function groupOf(scans: Scan[], writes: Write[] = []): Group {
  const cells: Cell[] = [];
  for (const scan of scans) pushScan(cells, scan);
  return { scans: cells, writes };
}

function scansIn(path: string): string[] {
  const db = new DatabaseSync(path);
  const ids = rowsOf(prepare(db, 'select id from scan order by id')).map(([id]) => String(id));
  db.close();
  return ids;
}

function lot(id: string): Write {
  const doc = JSON.stringify({ createdAt: MADE_AT, id, number: id, productId: 'product-1', version: 1 });
  return {
    kind: 'insert',
    row: { collection: 'lots', id, version: 1, createdAt: MADE_AT, doc, words: null },
    note: { line: aLine({ entity: `lot:${id}` }), request: null },
  };
}

type Committed = Exclude<GroupReply, { fault: Fault }>;

describe('a group', () => {
  const commitOn = (path: string, parts: Partial<GroupCommitParts> = {}): { commit: GroupCommit; events: string[] } => {
    const events: string[] = [];
    const commit = new GroupCommit({
      open: () => openWriting(path, 'OFF'),
      rowKey: ROW_KEY,
      keepAnswered: () => undefined,
      keepHead: () => undefined,
      log: (event) => events.push(event),
      ...parts,
    });
    return { commit, events };
  };

  /** A connection whose statement `sql` fails this many times, as a disk would make it fail. */
  const failing = (db: DatabaseSync, sql: string, errcode: number, times: { left: number }): DatabaseSync =>
    new Proxy(db, {
      get: (target, name) => {
        if (name === 'exec') {
          return (text: string): void => {
            if (text === sql && times.left > 0) {
              times.left -= 1;
              throw Object.assign(new Error('disk I/O error'), { errcode });
            }
            target.exec(text);
          };
        }
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  const IOERR_FSYNC = 1_034;
  const IOERR_WRITE = 778;

  test('whose commit fails is of unknown fate, as a whole; the next one goes through another connection', () => {
    const path = anEmptyStore();
    const times = { left: 1 };
    let opened = 0;
    const { commit, events } = commitOn(path, {
      open: () => {
        opened += 1;
        return failing(openWriting(path, 'OFF'), 'commit', IOERR_FSYNC, times);
      },
    });
    expect(commit.run(groupOf([aScan({ id: 'a' }), aScan({ id: 'b', visitor: 'w' })], [lot('l1')]))).toEqual({
      fault: { kind: 'unknown-commit', message: 'disk I/O error' },
    });
    expect(events).toEqual(['store.commit-unknown']);
    expect(commit.run(groupOf([aScan({ id: 'c' })]))).toMatchObject({ scanFaults: [] });
    expect(opened).toBe(2);
    commit.close();
    expect(scansIn(path)).toEqual(['c']);
  });

  test('whose disk fails before the commit is refused and leaves nothing', () => {
    const path = anEmptyStore();
    const times = { left: 1 };
    const { commit } = commitOn(path, {
      open: () => failing(openWriting(path, 'OFF'), 'begin immediate', IOERR_WRITE, times),
    });
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ fault: { kind: 'unavailable' } });
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ scanFaults: [] });
    commit.close();
    expect(scansIn(path)).toEqual(['a']);
  });

  test('that cannot open the file is refused, and the next one tries again', () => {
    const path = anEmptyStore();
    let broken = true;
    const { commit } = commitOn(path, { open: () => openWriting(broken ? folder : path, 'OFF') });
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ fault: { kind: 'unavailable' } });
    broken = false;
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ scanFaults: [] });
    commit.close();
  });

  test('that finds the lock held waits for so long, then is refused and leaves nothing', () => {
    const path = anEmptyStore();
    const other = new DatabaseSync(path);
    const { commit } = commitOn(path, { lockWaitMs: 20 });
    other.exec('begin immediate');
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ fault: { kind: 'unavailable' } });
    other.exec('rollback');
    expect(commit.run(groupOf([aScan({ id: 'b' })]))).toMatchObject({ scanFaults: [] });
    commit.close();
    other.close();
    expect(scansIn(path)).toEqual(['b']);
  });

  test('with broken writes among sound ones keeps the sound ones, and each broken one fails alone', () => {
    const path = anEmptyStore();
    const { commit } = commitOn(path);
    const broken = { ...aScan({ id: 'broken', serial: 2 }), verdict: null } as unknown as Scan;
    const noText = {
      ...lot('l2'),
      row: { collection: 'lots', id: 'l2', version: 1, createdAt: MADE_AT, doc: '{' },
    } as Write;
    // Fails at its audit line, after its record was written.
    const half = { ...lot('l4'), note: { line: { ...aLine(), salt: null }, request: null } } as unknown as Write;
    const group = groupOf(
      [aScan({ id: 'a' }), broken, aScan({ id: 'b', serial: 3 })],
      [lot('l1'), noText, half, lot('l3'), lot('l1')],
    );
    const reply = commit.run(group) as Committed;
    commit.close();

    expect(reply.scanFaults).toEqual([[1, expect.objectContaining({ kind: 'failed' })]]);
    expect(recordedOf(reply.scans, 2 * RECORDED_CELLS, '7K3M9Q', 3)).toMatchObject({
      counted: true,
      tally: { count: 1, serial: 3 },
    });
    expect(reply.replies).toEqual([
      { value: { kind: 'added' } },
      { fault: expect.objectContaining({ kind: 'failed' }) as unknown },
      { fault: expect.objectContaining({ kind: 'failed' }) as unknown },
      { value: { kind: 'added' } },
      { value: { kind: 'duplicate', index: 'id' } },
    ]);
    expect(scansIn(path)).toEqual(['a', 'b']);
    const db = new DatabaseSync(path);
    expect(rowsOf(prepare(db, 'select id from lots order by id'))).toEqual([['l1'], ['l3']]);
    expect(rowsOf(prepare(db, 'select seq, entity from audit'))).toEqual([
      [1, 'lot:l1'],
      [2, 'lot:l3'],
    ]);
    expect(rowsOf(prepare(db, 'select scans, stamps_scanned from batch_tally'))).toEqual([[2, 2]]);
    expect(rowsOf(prepare(db, 'select answered_scans from store'))).toEqual([[2]]);
    db.close();
  });

  test('is durable though its count cannot be kept', () => {
    const path = anEmptyStore();
    const { commit, events } = commitOn(path, {
      keepAnswered: () => {
        throw new Error('no space left');
      },
    });
    expect(commit.run(groupOf([aScan({ id: 'a' })]))).toMatchObject({ scanFaults: [] });
    commit.close();
    expect(events).toEqual(['store.answered-count-not-kept']);
    expect(scansIn(path)).toEqual(['a']);
  });
});

describe('the writer', () => {
  const open = async (
    path: string,
    fields: Partial<WriterOptions> = {},
  ): Promise<{ writer: Writer; threads: Worker[]; groups: () => number }> => {
    const threads: Worker[] = [];
    let groups = 0;
    const writer = new Writer({
      path,
      rowKey: ROW_KEY,
      synchronous: 'OFF',
      log: () => undefined,
      startThread: (settings) => {
        const thread = startWriterThread(settings);
        thread.on('message', ({ kind }: { kind: string }) => {
          if (kind === 'done') groups += 1;
        });
        threads.push(thread);
        return thread;
      },
      ...fields,
    });
    await writer.open();
    return { writer, threads, groups: () => groups };
  };
  const scan = (i: number): Scan => aScan({ id: `s${i}`, serial: i + 1 });

  test.each([
    [GROUP_WRITES_MAX, 1],
    [GROUP_WRITES_MAX + 1, 2],
  ])('commits %p scans of one moment in %p commits', async (scans, commits) => {
    const { writer, groups } = await open(anEmptyStore());
    const before = groups();
    await Promise.all(Array.from({ length: scans }, (_, i) => writer.record(scan(i))));
    expect(groups() - before).toBe(commits);
    await writer.close();
  });

  test('refuses more than may wait, and takes more once they are written', async () => {
    const { writer } = await open(anEmptyStore(), { waitingMax: 10 });
    const waiting = Array.from({ length: 10 }, (_, i) => writer.record(scan(i)));
    await expect(writer.record(scan(10))).rejects.toMatchObject({ name: 'StoreError', kind: 'unavailable' });
    await expect(Promise.all(waiting)).resolves.toHaveLength(10);
    await expect(writer.record(scan(10))).resolves.toMatchObject({ counted: true });
    await writer.close();
  });

  test('whose thread dies says so for what was under way, and goes on with another', async () => {
    const { writer, threads } = await open(anEmptyStore());
    const under = Array.from({ length: 100 }, (_, i) => writer.record(scan(i)));
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const later = Array.from({ length: 100 }, (_, i) => writer.record(scan(100 + i)));
    await threads[0]?.terminate();
    const fates = await Promise.allSettled(under);
    const lost = fates.flatMap((fate) => (fate.status === 'rejected' ? [fate.reason as unknown] : []));
    expect(lost).toEqual(lost.map(() => expect.objectContaining({ kind: 'unknown-commit' }) as unknown));
    await expect(Promise.all(later)).resolves.toHaveLength(100);
    expect(threads).toHaveLength(2);
    await writer.close();
  });

  test('whose thread dies while it rests starts another for the next write', async () => {
    const { writer, threads } = await open(anEmptyStore());
    await threads[0]?.terminate();
    await expect(writer.record(scan(0))).resolves.toMatchObject({ counted: true });
    await writer.close();
  });

  test('whose thread cannot open the file is unavailable, and hangs nobody', async () => {
    await expect(open(join(folder, 'nowhere', 'a.db'))).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'unavailable',
    });
  });
});
