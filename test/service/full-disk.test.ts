// A full disk: /readyz reports it, and look-ups of recorded stamps continue.

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from '@jest/globals';
import express from 'express';
import { healthRouter, PROBE_MS } from '../../server/web/health.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { GroupCommit } from '../../server/store/sqlite/group-commit.ts';
import { openWriting } from '../../server/store/sqlite/connection.ts';
import { StoreError, type Store } from '../../server/store/store.ts';
import { TIME_ZONE } from '../fixtures/records/cast.ts';

const folder = mkdtempSync(join(tmpdir(), 'temtrace-full-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A store whose writes can be made to fail, as on a full disk. */
function storeThat(state: { writes: boolean; reads: boolean; closed?: boolean }): {
  store: Store;
  pings: () => number;
} {
  let pings = 0;
  const full = new StoreError('unavailable', 'database or disk is full');
  const store = {
    async ping() {
      pings += 1;
      if (state.closed === true) throw new StoreError('untrusted', 'moved');
      if (!state.writes) throw full;
    },
    audit: {
      async head() {
        if (!state.reads) throw full;
        return { seq: 0, hash: '' };
      },
    },
  };
  return { store: store as unknown as Store, pings: () => pings };
}

async function ready(store: Store, times: number[]): Promise<[number, unknown][]> {
  let nowMs = 0;
  const app = express().use(healthRouter(store, null, () => new Date(nowMs)));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const answers: [number, unknown][] = [];
  for (const atMs of times) {
    nowMs = atMs;
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    const body = (await answer.json()) as Record<string, unknown>;
    answers.push([answer.status, body['reason'] ?? body['status']]);
  }
  server.closeAllConnections();
  server.close();
  return answers;
}

describe('/readyz', () => {
  test('tells a store that only reads from one that is away or closed', async () => {
    expect(await ready(storeThat({ writes: true, reads: true }).store, [0])).toEqual([[200, 'ready']]);
    expect(await ready(storeThat({ writes: false, reads: true }).store, [0])).toEqual([[503, 'cannot-write']]);
    expect(await ready(storeThat({ writes: false, reads: false }).store, [0])).toEqual([[503, 'store-away']]);
    const closed = storeThat({ writes: false, reads: true, closed: true });
    expect(await ready(closed.store, [0])).toEqual([[503, 'store-closed']]);
  });

  test(`writes once in ${PROBE_MS} ms, however many ask`, async () => {
    const state = { writes: true, reads: true };
    const { store, pings } = storeThat(state);
    expect(await ready(store, [0, 1, PROBE_MS - 1])).toEqual(Array.from({ length: 3 }, () => [200, 'ready']));
    expect(pings()).toBe(1);
    state.writes = false;
    expect(await ready(store, [PROBE_MS, PROBE_MS + 1])).toEqual(
      Array.from({ length: 2 }, () => [503, 'cannot-write']),
    );
    expect(pings()).toBe(2);
  });
});

describe('SQLite', () => {
  test('the probe leaves one row, and fails where the file can grow no more while reads go on', async () => {
    const path = join(folder, 'temtrace.db');
    const open = (): Promise<Store> =>
      openSqliteStore({ path, rowKey: new Uint8Array(32).fill(7), now: () => new Date(), timeZone: TIME_ZONE });
    const store = await open();
    for (let round = 0; round < 3; round += 1) await store.ping();
    const db = new DatabaseSync(path);
    expect(db.prepare('select count(*) as n, max(seq) as last from sign').get()).toMatchObject({ n: 1, last: 3 });
    db.close();
    await store.close();

    // The same commit that the writer thread runs, on a file that may not grow by another page.
    const commit = new GroupCommit({
      open: () => {
        const writing = openWriting(path, 'OFF');
        const pages = Number(Object.values(writing.prepare('pragma page_count').get() ?? {})[0]);
        writing.exec(`pragma max_page_count = ${pages}`);
        // Use up the free pages first.
        try {
          for (;;) writing.exec(`insert into sign (bytes) values (zeroblob(3000))`);
        } catch {
          // Now it is full.
        }
        return writing;
      },
      rowKey: new Uint8Array(32).fill(7),
      keepAnswered: () => undefined,
      keepHead: () => undefined,
      log: () => undefined,
    });
    commit.connect();
    const reply = commit.run({ scans: [], writes: [{ kind: 'leave-sign' }] });
    expect(reply).toMatchObject({ fault: { kind: 'unavailable', message: expect.stringMatching(/full/) } });
    commit.close();
    const reading = new DatabaseSync(path, { readOnly: true });
    expect(reading.prepare('select count(*) as n from store').get()).toMatchObject({ n: 1 });
    reading.close();
    // A store on a full disk still opens, and what is recorded can be looked up.
    await (await open()).close();
  });
});
