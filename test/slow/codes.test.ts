// All 16,777,216 codes of one batch differ. It is enough that each sorts after the one before it: codes sort like their
// serials (the alphabet is in ASCII order, so bytes compare like symbols).

import { expect, test } from '@jest/globals';
import { BATCH_QUANTITY_MAX } from '../../server/domain/batches/batch.ts';
import { parseStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys } from '../../server/domain/stamp/stamp-keys.ts';

const CHUNK = 65_536;

test('all 16,777,216 codes of one batch differ, sort as serials and open to their serial', () => {
  const keys = openBatchKeys(
    Uint8Array.from({ length: 32 }, (_, i) => i),
    '7K3M9Q',
  );
  const codes = Buffer.alloc((CHUNK + 1) * 18); // the first 18 bytes repeat the last code of the previous chunk
  let written = 0;
  let misplaced = 0;
  for (let from = 1; from <= BATCH_QUANTITY_MAX; from += CHUNK) {
    written += keys.writeCodes(from, from + CHUNK - 1, codes.subarray(18)) / 18;
    for (let at = 18; at < codes.length; at += 18)
      if (codes.compare(codes, at, at + 18, at - 18, at) >= 0) misplaced += 1;
    const parsed = parseStampCode(codes.toString('latin1', 18, 36));
    expect(parsed.ok && keys.checkTag(parsed.index, parsed.tag) && parsed.index + 1).toBe(from);
    codes.copyWithin(0, codes.length - 18);
  }
  expect({ written, misplaced }).toEqual({ written: BATCH_QUANTITY_MAX, misplaced: 0 });
}, 120_000);
