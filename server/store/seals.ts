// The keys of a store's seals, derived from the row key once in each thread.

import { ShortSeal } from './short-seal.ts';

export interface Seals {
  rowKey: Uint8Array;
  chain: ShortSeal;
  chainHead: ShortSeal;
  tally: ShortSeal;
  batchTally: ShortSeal;
  file: ShortSeal;
  requestKey: ShortSeal;
  store: ShortSeal;
  /** Of what retention deleted. */
  forgotten: ShortSeal;
  storeCheck: ShortSeal;
}

export function sealsOf(rowKey: Uint8Array): Seals {
  return {
    rowKey,
    chain: new ShortSeal(rowKey, 'chain'),
    chainHead: new ShortSeal(rowKey, 'chain-head'),
    tally: new ShortSeal(rowKey, 'tally'),
    batchTally: new ShortSeal(rowKey, 'batch-tally'),
    file: new ShortSeal(rowKey, 'file'),
    requestKey: new ShortSeal(rowKey, 'request-key'),
    store: new ShortSeal(rowKey, 'store'),
    forgotten: new ShortSeal(rowKey, 'forgotten'),
    storeCheck: new ShortSeal(rowKey, 'store-check'),
  };
}
