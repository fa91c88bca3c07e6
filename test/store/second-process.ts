// Another program on the same database, as the operator's tool runs beside a server: adds some lots, then reports it.

import { openSqliteStore } from '../../server/store/sqlite/open.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { MADE_AT, TIME_ZONE } from '../fixtures/records/cast.ts';

const [path, lots] = process.argv.slice(2);
if (path === undefined || lots === undefined) throw new Error('usage: second-process.ts FILE LOTS');

const store = await openSqliteStore({
  path,
  rowKey: new Uint8Array(32).fill(7),
  now: () => new Date(MADE_AT),
  timeZone: TIME_ZONE,
});
for (let i = 0; i < Number(lots); i += 1) {
  await store.lots.insert(aLot({ id: `second-${i}`, number: `second-${i}` }), aNote({ entity: `lot:second-${i}` }));
}
await store.close();
process.stdout.write(`${lots} lots\n`);
