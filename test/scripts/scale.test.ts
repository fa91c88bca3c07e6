// The estimate for what cannot be run here, compared with what can: a file filled with another mix of scans than the
// one it was measured with, and shard loads that are known in advance.

import { afterAll, describe, expect, test } from '@jest/globals';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { LOADS, MEASURED, reckon, scanBytesOf, unevenness } from '../../scripts/scale-simulator.ts';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { aScan } from '../fixtures/records/scans.ts';
import { makeDataDir } from '../fixtures/programs.ts';

const folder = makeDataDir();
afterAll(() => folder.remove());

describe('the simulator', () => {
  test('foretells what a file grows by: 3,000 stamps of 30 batches, a third of them scanned again', async () => {
    const path = join(folder.path, 'grown.db');
    const open = {
      path,
      rowKey: new Uint8Array(32),
      now: () => new Date(MADE_AT),
      timeZone: TIME_ZONE,
      synchronous: 'OFF',
    } as const;
    await (await openSqliteStore(open)).close();
    const empty = statSync(path).size;
    const store = await openSqliteStore(open);
    const scan = (i: number, round: number): Promise<unknown> => {
      const at = new Date(Date.parse(MADE_AT) + round * 7_200_000 + i * 60_000).toISOString();
      const id = `${round}-${i}`.padStart(20, 'x');
      return store.scans.record(
        aScan({
          id,
          batchId: `B0000${i % 30}`,
          serial: 1 + Math.floor(i / 30),
          at,
          visitor: id.padEnd(22, 'v'),
          province: 'Phú Thọ',
        }),
      );
    };
    await Promise.all(Array.from({ length: 3_000 }, (_, i) => scan(i, 0)));
    await Promise.all(Array.from({ length: 1_000 }, (_, i) => scan(i, 1)));
    await store.close();
    const grown = statSync(path).size - empty;
    const { weights } = MEASURED.sqlite;
    const foretold = scanBytesOf(4_000, 3_000, weights) + 3_000 * weights.tally;
    expect(grown / foretold).toBeGreaterThan(0.7);
    expect(grown / foretold).toBeLessThan(1.4);
  });

  test('a batch that half the country scans lies evenly on shards by stamp, on one shard by batch', () => {
    expect(unevenness('stamp hashed', 16, 0.5)).toBeLessThan(1.25);
    expect(unevenness('batch hashed', 16, 0.5)).toBeGreaterThan(8);
    expect(unevenness('batch in ranges', 16, 0.5)).toBeGreaterThan(8);
  });

  test('a hundred nations are a hundred times a nation', () => {
    const [, nation, hundred] = LOADS.map((load) => reckon(load, MEASURED.mongodb));
    expect((hundred?.scanBytes ?? 0) / (nation?.scanBytes ?? 1)).toBeCloseTo(100, 5);
    expect((hundred?.tallyBytes ?? 0) / (nation?.tallyBytes ?? 1)).toBeCloseTo(100, 5);
    expect(hundred?.shards ?? 0).toBeGreaterThan(nation?.shards ?? 0);
  });
});
