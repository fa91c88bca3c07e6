// Records many scans one after another and prints each answer once the store has answered, as the server's look-up
// does.

import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { StoreError } from '../../server/store/store.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';
import { aScan } from '../fixtures/records/scans.ts';

const [path, synchronous, scans] = process.argv.slice(2);
if (path === undefined || (synchronous !== 'FULL' && synchronous !== 'OFF'))
  throw new Error('usage: scan-and-say.ts FILE FULL|OFF SCANS');

const STDOUT = 1;
const store = await openSqliteStore({
  path,
  rowKey: new Uint8Array(32).fill(7),
  now: () => new Date(MADE_AT),
  timeZone: TIME_ZONE,
  synchronous,
});
for (let i = 1; i <= Number(scans); i += 1) {
  const fate = await store.scans.record(aScan({ id: `scan-number-${i}`, serial: i })).then(
    () => 'answered',
    (error: unknown) => (error instanceof StoreError ? error.kind : String(error)),
  );
  writeSync(STDOUT, `${fate} ${i}\n`);
}
await store.close();
