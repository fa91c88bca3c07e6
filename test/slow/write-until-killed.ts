// Writes scans and batches from many callers until it is killed, and prints each one that was acknowledged.

import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aBatch } from '../fixtures/records/batches.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { aScan } from '../fixtures/records/scans.ts';

const [path, round] = process.argv.slice(2);
if (path === undefined || round === undefined) throw new Error('usage: write-until-killed.ts FILE ROUND');

const STDOUT = 1;
const SCANNERS = 32;
const STAMPS = 500;
const store = await openSqliteStore({
  path,
  rowKey: new Uint8Array(32).fill(7),
  now: () => new Date(MADE_AT),
  timeZone: TIME_ZONE,
});
let scans = 0;

async function scanOn(): Promise<never> {
  for (;;) {
    scans += 1;
    const id = `${round}-${scans}`;
    const serial = 1 + (scans % STAMPS);
    await store.scans.record(aScan({ id, serial, visitor: `visitor ${id}` }));
    writeSync(STDOUT, `scan ${id} ${serial}\n`);
  }
}

async function issueOn(): Promise<never> {
  for (let i = 1; ; i += 1) {
    const id = `B${round}-${i}`;
    const answer = { id };
    await store.batches.insert(
      aBatch({ id }),
      aNote({ entity: `batch:${id}`, values: { id } }, { key: id, bodyHash: id, answer }),
    );
    writeSync(STDOUT, `batch ${id}\n`);
  }
}

await Promise.all([...Array.from({ length: SCANNERS }, scanOn), issueOn()]);
