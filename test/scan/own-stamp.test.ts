import { describe, expect, test } from '@jest/globals';
import { parseStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys } from '../../server/domain/stamp/stamp-keys.ts';
import { batchKeys, nobodysKeys, ownSerial } from '../../server/scan/own-stamp.ts';
import { StoreError } from '../../server/store/store.ts';
import { aBatch } from '../fixtures/records/batches.ts';

const SECRET = new Uint8Array(32).fill(7);
const BATCH = aBatch({ quantity: 10 });
const KEYS = openBatchKeys(SECRET, BATCH.id);

function parsed(code: string): Extract<ReturnType<typeof parseStampCode>, { ok: true }> {
  const result = parseStampCode(code);
  if (!result.ok) throw new Error(code);
  return result;
}

describe('ownSerial', () => {
  test('the last serial of a batch is its own, the one past it is not', () => {
    expect(ownSerial(parsed(KEYS.codeOf(10)), BATCH, KEYS)).toBe(10);
    expect(ownSerial(parsed(KEYS.codeOf(11)), BATCH, KEYS)).toBeNull();
  });

  test('a forged tag is nobody’s', () => {
    const { index, tag } = parsed(KEYS.codeOf(1));
    expect(ownSerial({ index, tag: tag ^ 1n }, BATCH, KEYS)).toBeNull();
  });

  test('a batch that does not exist has no stamp, and its keys are asked all the same', () => {
    let asked = 0;
    const keys = nobodysKeys((bytes) => new Uint8Array(bytes).fill(3));
    const counting = {
      ...keys,
      checkTag: () => {
        asked += 1;
        return true;
      },
    };
    expect(ownSerial(parsed(KEYS.codeOf(1)), null, counting)).toBeNull();
    expect(asked).toBe(1);
  });
});

test('a batch whose secret does not open is tampered with', () => {
  expect(() => batchKeys(BATCH, () => null)).toThrow(StoreError);
});
