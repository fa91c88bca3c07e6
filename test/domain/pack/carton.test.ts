// The code of a carton: read as it was written, signed over its batch and range.

import { describe, expect, test } from '@jest/globals';
import { cartonCode, cartonHead, cartonSignatureInput, parseCarton } from '../../../server/domain/pack/carton-code.ts';
import { isSignedBy, newSigningPair, signWith } from '../../../server/domain/pack/signing-key.ts';

const WRAP = new Uint8Array(32).fill(3);
const pair = newSigningPair(WRAP, (bytes) => new Uint8Array(bytes).fill(5));
const carton = { batchId: '7K3M9Q', from: 1, to: 16_777_216 };
const head = cartonHead(carton);
const code = cartonCode(head, signWith(WRAP, pair, cartonSignatureInput(head)) ?? new Uint8Array());

describe('a carton’s code', () => {
  test('has 120 symbols and is read from an address in any case; its signature holds for this range alone', () => {
    expect(code).toMatch(/^1[0-9A-HJKMNP-TV-Z]{119}$/);
    for (const text of [code, code.toLowerCase(), `HTTPS://TEMTRACE.VN/C/${code}`, `https://x.vn/c/${code}`]) {
      const parsed = parseCarton(text);
      if (!parsed.ok) throw new Error(text);
      expect(parsed).toMatchObject({ ...carton, code });
      expect(isSignedBy(pair.publicKey, parsed.signed, parsed.signature)).toBe(true);
    }
    const other = parseCarton(`${cartonHead({ ...carton, to: 9 })}${code.slice(17)}`);
    expect(other.ok && isSignedBy(pair.publicKey, other.signed, other.signature)).toBe(false);
  });

  test('that is cut, of another form, or of no possible range is no carton’s', () => {
    for (const text of [
      '',
      code.slice(1),
      `2${code.slice(1)}`,
      `${code}0`,
      code.replace('7K3M9Q', '777777'),
      `x${code}`,
    ])
      expect([text.length, parseCarton(text).ok]).toEqual([text.length, false]);
    for (const wrong of [{ from: 0 }, { to: 16_777_217 }, { from: 9, to: 8 }, { batchId: 'x' }])
      expect(() => cartonHead({ ...carton, ...wrong })).toThrow(RangeError);
  });
});
