// Checks everything in a store: records against the audit chain, tallies against scans, files and stored answers
// against their seals. It changes nothing.

import { recountAll, type TallyReader } from '../../server/store/recount.ts';
import { rowFaults, type Checked } from '../../server/store/row-check.ts';
import type { Store } from '../../server/store/store.ts';

/** Records or lines read at once. */
const ROWS = 200;
/** More faults than a person reads: the first ones say enough. */
const FAULTS_MAX = 50;

/** A sentence each. @throws StoreError for an outage */
export async function faultsIn(checked: Checked, tallies: TallyReader): Promise<string[]> {
  const faults = await rowFaults(checked, ROWS, FAULTS_MAX);
  return [...faults, ...(await recountAll(tallies, FAULTS_MAX))];
}

/** As `faultsIn`, of an open store. */
export async function storeFaults(store: Store): Promise<string[]> {
  const chain = await store.check.lookAtChain();
  const checked = { rows: store as unknown as Checked['rows'], chain: store.audit, files: store.files };
  const faults = await faultsIn(checked, store.check);
  // Where the chain is no witness, each question to it says so.
  return [...new Set(chain === null ? faults : [chain, ...faults])];
}
