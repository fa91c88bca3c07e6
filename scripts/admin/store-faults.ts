// Checks everything in a store: records against the audit chain, tallies against scans, files and stored answers
// against their seals. It changes nothing.

import { recountAll, type TallyReader } from '../../server/store/recount.ts';
import { rowFaults, type Checked } from '../../server/store/row-check.ts';
import type { Store } from '../../server/store/store.ts';

/** Records or lines per read. */
const ROWS = 200;
/** The first faults say enough; a person does not read more. */
const FAULTS_MAX = 50;

/** One sentence per fault. @throws StoreError for an outage */
export async function faultsIn(checked: Checked, tallies: TallyReader): Promise<string[]> {
  const faults = await rowFaults(checked, ROWS, FAULTS_MAX);
  return [...faults, ...(await recountAll(tallies, FAULTS_MAX))];
}

/** The faults of an open store, as `faultsIn` returns them. */
export async function storeFaults(store: Store): Promise<string[]> {
  const chain = await store.check.lookAtChain();
  const checked = { rows: store as unknown as Checked['rows'], chain: store.audit, files: store.files };
  const faults = await faultsIn(checked, store.check);
  // If the chain itself is broken, every check against it reports the same fault; show it once.
  return [...new Set(chain === null ? faults : [chain, ...faults])];
}
