// One of several servers on one database, as its own process: records its share of scans, creates its lots, then prints
// the answers. Arguments: the database's address, a name, how many scans, of how many stamps, how many lots.

import type { Store } from '../../server/store/store.ts';
import { aNote } from '../fixtures/records/audit.ts';
import { aLot } from '../fixtures/records/batches.ts';
import { aScan } from '../fixtures/records/scans.ts';
import { openAt } from './databases.ts';

const [url = '', name = '', scans = '0', stamps = '1', lots = '0'] = process.argv.slice(2);
/** Scans under way at once, as a busy server has them. */
const AT_ONCE = 200;

const store = await openAt(url);
const answered = await recordScans(store);
for (let i = 0; i < Number(lots); i += 1) {
  const id = `${name}-${i}`;
  await store.lots.insert(aLot({ id, number: id }), aNote({ entity: `lot:${id}` }));
}
await store.close();
process.stdout.write(`${JSON.stringify({ answered })}\n`);

/** Returns how many were counted. */
async function recordScans(on: Store): Promise<number> {
  let next = 0;
  let counted = 0;
  const visitor = async (): Promise<void> => {
    for (let i = next++; i < Number(scans); i = next++) {
      const scan = aScan({
        id: `${name}-${i}`,
        batchId: 'HOT001',
        serial: 1 + (i % Number(stamps)),
        visitor: `${name}-${i}`,
      });
      const recorded = await on.scans.record(scan);
      if (recorded.counted) counted += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  return counted;
}
