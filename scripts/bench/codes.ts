// Codes in bulk, compared with one cipher per code and with the bare cipher.

import { createCipheriv } from 'node:crypto';
import { CODE_ALPHABET, CODE_SYMBOLS } from '../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys } from '../../server/domain/stamp/stamp-keys.ts';
import type { Figure } from './figure.ts';
import { cpuSeconds, interleaved } from './rounds.ts';

const BATCH_ID = '7K3M9Q';
const CODES = 1_000_000;
const CODES_NAIVE = 50_000;
const CODES_AT_ONCE = 4_096;
const BLOCK_BYTES = 16;

export async function measureCodes({ rounds }: { rounds: number }): Promise<Figure[]> {
  const keys = openBatchKeys(new Uint8Array(32), BATCH_ID);
  const { tagKey } = keys.exportKeys();
  const codes = new Uint8Array(CODES_AT_ONCE * CODE_SYMBOLS);
  const blocks = Buffer.alloc(CODES_AT_ONCE * BLOCK_BYTES);

  const rate = async (count: number, work: () => void): Promise<number> => {
    const before = cpuSeconds();
    work();
    return count / (cpuSeconds() - before);
  };
  const { ours, naive, cipher } = await interleaved(
    {
      ours: () =>
        rate(CODES, () => {
          for (let from = 1; from <= CODES; from += CODES_AT_ONCE)
            keys.writeCodes(from, Math.min(CODES, from + CODES_AT_ONCE - 1), codes);
        }),
      naive: () =>
        rate(CODES_NAIVE, () => {
          for (let serial = 1; serial <= CODES_NAIVE; serial += 1) naiveCode(tagKey, serial);
        }),
      cipher: () =>
        rate(CODES, () => {
          const aes = createCipheriv('aes-128-ecb', tagKey, null);
          for (let done = 0; done < CODES; done += CODES_AT_ONCE) aes.update(blocks);
        }),
    },
    rounds,
  );
  return [
    {
      part: 'codes',
      what: 'codes of one batch in bulk, as a print file needs them',
      unit: 'codes per CPU-second',
      ours,
      beside: [
        { kind: 'naive', what: 'a cipher and a BigInt per code', value: naive },
        { kind: 'floor', what: 'AES-128 of the same number of blocks, nothing else', value: cipher },
      ],
      targets: [],
      notes: [],
    },
  ];
}

/** DESIGN §2, written down word for word. */
function naiveCode(tagKey: Uint8Array, serial: number): string {
  const block = Buffer.alloc(BLOCK_BYTES);
  block.writeUInt32BE(serial - 1, BLOCK_BYTES - 4);
  const tag = createCipheriv('aes-128-ecb', tagKey, null).update(block).readBigUInt64BE() >> 28n;
  let bits = (BigInt(serial - 1) << 36n) | tag;
  let text = '';
  for (let symbol = 0; symbol < CODE_SYMBOLS - BATCH_ID.length; symbol += 1) {
    text = CODE_ALPHABET.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return BATCH_ID + text;
}
