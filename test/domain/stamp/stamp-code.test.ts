// Codes, PINs, wrapped secrets and addresses are bit for bit as designed. Vectors for other teams are in test/codes/.

import { createCipheriv, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unwrapSecret, wrapSecret } from '../../../server/domain/batches/batch-secret.ts';
import { checkDigitOf, gtin14Fault, glnFault, isGln, isGtin14 } from '../../../server/domain/registry/gtin.ts';
import { newBatchId } from '../../../server/domain/stamp/new-batch-id.ts';
import { isLinkLot, parseDigitalLink, printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { CODE_ALPHABET, formatStampCode, isBatchId, parseStampCode } from '../../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys, openBatchKeysFrom, type BatchKeys } from '../../../server/domain/stamp/stamp-keys.ts';
import { aBatch } from '../records.ts';

const COUNTING = Uint8Array.from({ length: 32 }, (_, i) => i);
const BATCH = '7K3M9Q';
const keys = openBatchKeys(COUNTING, BATCH);

/** As the scan path reads a code of one batch. */
function opens(with_: BatchKeys, text: string): number | null {
  const parsed = parseStampCode(text);
  return parsed.ok && parsed.batchId === with_.batchId && with_.checkTag(parsed.index, parsed.tag)
    ? parsed.index + 1
    : null;
}

function vectors(name: string): string[][] {
  const lines = readFileSync(join(import.meta.dirname, '../../codes', name), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
}

/** The scheme of DESIGN §2 in big integers (HKDF by RFC 5869); shares no code with stamp-keys.ts. */
function spelledOut(secret: Buffer, batchId: string, serial: number): { code: string; pin: string } {
  const block = (label: string): bigint => {
    const extracted = createHmac('sha256', Buffer.alloc(32)).update(secret).digest();
    const key = createHmac('sha256', extracted).update(`temtrace/1/${label}\u0001`).digest().subarray(0, 16);
    const input = Buffer.from((serial - 1).toString(16).padStart(32, '0'), 'hex');
    const output = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(input);
    return BigInt(`0x${output.toString('hex')}`);
  };
  let bits = (BigInt(serial - 1) << 36n) | (block('tag') >> 92n);
  let symbols = '';
  for (let i = 0; i < 12; i += 1, bits >>= 5n) symbols = CODE_ALPHABET.charAt(Number(bits & 31n)) + symbols;
  return { code: formatStampCode(batchId + symbols), pin: String((block('pin') >> 64n) % 1_000_000n).padStart(6, '0') };
}

describe('a code', () => {
  test('every published vector has this code and this PIN, and opens to its serial', () => {
    const rows = vectors('valid.txt');
    expect(rows.length).toBeGreaterThan(20);
    for (const [secret = '', serial = '', code = '', pin = ''] of rows) {
      const batch = openBatchKeys(Buffer.from(secret, 'hex'), code.slice(0, 6));
      expect({ code: formatStampCode(batch.codeOf(Number(serial))), pin: batch.pinOf(Number(serial)) }).toEqual({
        code,
        pin,
      });
      expect(spelledOut(Buffer.from(secret, 'hex'), code.slice(0, 6), Number(serial))).toEqual({ code, pin });
      expect(opens(batch, code)).toBe(Number(serial));
    }
  });

  test('every published invalid text is refused for the stated reason', () => {
    const told = (detail: string, text: string): string[] => {
      const parsed = parseStampCode(text);
      if (parsed.ok)
        return [
          opens(openBatchKeys(Buffer.from(detail, 'hex'), BATCH), text) === null ? 'forged' : 'accepted',
          detail,
          text,
        ];
      const { fault } = parsed;
      return [fault.kind, String(fault.kind === 'symbol' ? fault.at : fault.symbols), text];
    };
    const rows = vectors('invalid.txt');
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map(([, detail = '', text = '']) => told(detail, text))).toEqual(rows);
  });

  test('every published way of typing it reads alike', () => {
    for (const [code, text = ''] of vectors('readings.txt'))
      expect(parseStampCode(text)).toMatchObject({ ok: true, code });
  });

  test('a symbol outside the BMP is named whole', () => {
    expect(parseStampCode('7K🍊')).toEqual({ ok: false, fault: { kind: 'symbol', at: 2, symbol: '🍊' } });
  });

  test('open(seal(i)) = i for any secret, batch and serial, and the slow way agrees', () => {
    const batchId = fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{5}[A-HJKMNP-TV-Z]$/);
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        batchId,
        fc.integer({ min: 1, max: 16_777_216 }),
        (secret, id, serial) => {
          const batch = openBatchKeys(secret, id);
          const code = batch.codeOf(serial);
          expect(opens(batch, code)).toBe(serial);
          expect(spelledOut(Buffer.from(secret), id, serial)).toEqual({
            code: formatStampCode(code),
            pin: batch.pinOf(serial),
          });
        },
      ),
    );
  });

  test('no single-symbol change and no swap of neighbours of 1,000 codes is accepted', () => {
    let tried = 0;
    let accepted = 0;
    for (let i = 0; i < 1000; i += 1) {
      const code = keys.codeOf(1 + i * 16_777);
      const other = (text: string): void => {
        tried += 1;
        if (opens(keys, text) !== null) accepted += 1;
      };
      for (let at = 0; at < 18; at += 1) {
        for (const symbol of CODE_ALPHABET)
          if (symbol !== code[at]) other(code.slice(0, at) + symbol + code.slice(at + 1));
        if (at < 17 && code[at] !== code[at + 1])
          other(code.slice(0, at) + code.charAt(at + 1) + code.charAt(at) + code.slice(at + 2));
      }
    }
    expect(tried).toBeGreaterThan(558_000);
    expect(accepted).toBe(0);
  });

  test('a tag with any one bit of its 36 turned, or more bits than 36, is refused', () => {
    const parsed = parseStampCode(keys.codeOf(77));
    if (!parsed.ok) throw new Error('a code that we made does not parse');
    for (let bit = 0n; bit < 40n; bit += 1n) expect(keys.checkTag(parsed.index, parsed.tag ^ (1n << bit))).toBe(false);
  });

  test('codes sort as their serials', () => {
    const codes = Array.from({ length: 2000 }, (_, i) => keys.codeOf(i + 1));
    expect(codes.toSorted()).toEqual(codes);
  });

  test.each([
    ['codes', 18, 'writeCodes', 'codeOf'],
    ['PINs', 6, 'writePins', 'pinOf'],
  ] as const)('bulk writing gives the %s one by one, across the blocks it works in', (_, symbols, write, one) => {
    for (const [from, to] of [
      [1, 1],
      [1, 4096],
      [1, 4097],
      [4090, 8200],
      [16_777_210, 16_777_216],
    ] as const) {
      const out = new Uint8Array((to - from + 1) * symbols + 1);
      expect(keys[write](from, to, out)).toBe(out.length - 1);
      const text = Buffer.from(out).toString('latin1', 0, out.length - 1);
      for (let serial = from; serial <= to; serial += 1)
        expect(text.slice((serial - from) * symbols, (serial - from + 1) * symbols)).toBe(keys[one](serial));
    }
  });

  test('a worker with exported keys writes the same codes and PINs', () => {
    const worker = openBatchKeysFrom(keys.exportKeys(), BATCH);
    expect([worker.codeOf(5), worker.pinOf(5)]).toEqual([keys.codeOf(5), keys.pinOf(5)]);
  });

  test.each([0, -1, 1.5, 16_777_217, Number.NaN])('serial %p is none', (serial) => {
    expect(() => keys.codeOf(serial)).toThrow(RangeError);
    expect(() => keys.pinOf(serial)).toThrow(RangeError);
    expect(() => keys.writeCodes(serial, 16_777_216, new Uint8Array(18))).toThrow(RangeError);
    expect(() => keys.writePins(serial, 16_777_216, new Uint8Array(6))).toThrow(RangeError);
  });

  test('too few bytes, a short secret and a bad batch id are refused', () => {
    expect(() => keys.writeCodes(1, 2, new Uint8Array(35))).toThrow(RangeError);
    expect(() => keys.writePins(1, 2, new Uint8Array(11))).toThrow(RangeError);
    expect(() => openBatchKeys(new Uint8Array(31), BATCH)).toThrow(RangeError);
    expect(() => openBatchKeys(COUNTING, '123456')).toThrow(RangeError);
  });
});

describe('a batch id', () => {
  test.each([
    ['7K3M9Q', true],
    ['A00000', true],
    ['123456', false],
    ['7K3M9', false],
    ['7K3M9QQ', false],
    ['7K3M9U', false],
    ['7k3m9q', false],
    ['OOOOOO', false],
  ])('%s can be one: %p', (id, can) => expect(isBatchId(id)).toBe(can));

  test('is drawn with at least one letter: digits alone are drawn again', () => {
    let bytes = 0;
    const random = (count: number): Uint8Array => {
      bytes += count;
      return new Uint8Array(count).fill(bytes <= 12 ? 7 : 10); // value 7 is a digit, 10 is A
    };
    expect(newBatchId(random)).toMatch(/A/);
  });

  test('a source of randomness that gives digits for ever is an error, not a wait', () => {
    expect(() => newBatchId((count) => new Uint8Array(count))).toThrow(/randomness/);
  });
});

describe('a wrapped secret', () => {
  const wrapKey = new Uint8Array(32).fill(9);
  const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(3);
  const wrapped = (): ReturnType<typeof aBatch> =>
    aBatch({ wrappedSecret: wrapSecret(wrapKey, COUNTING, aBatch(), random) });

  test('opens with the key and the batch it was wrapped with', () =>
    expect(unwrapSecret(wrapKey, wrapped())).toEqual(COUNTING));

  test.each([
    ['id', { id: '7K3M9R' }],
    ['quantity', { quantity: 1001 }],
    ['owner', { producerId: 'another' }],
    ['address form', { carrier: 'digital-link' as const }],
    ['origin', { origin: 'https://tem.other' }],
    ['issue time', { issuedAt: '2026-10-01T02:00:00.001Z' }],
  ])('does not open once the %s is changed', (_, change) =>
    expect(unwrapSecret(wrapKey, { ...wrapped(), ...change })).toBeNull(),
  );

  test('does not open with another key, a turned bit, or missing bytes', () => {
    expect(unwrapSecret(new Uint8Array(32), wrapped())).toBeNull();
    const bytes = Buffer.from(wrapped().wrappedSecret, 'base64');
    for (const at of [0, 12, 43, 44, 59]) {
      const turned = Buffer.from(bytes);
      turned[at] = (turned[at] ?? 0) ^ 1;
      expect(unwrapSecret(wrapKey, aBatch({ wrappedSecret: turned.toString('base64') }))).toBeNull();
    }
    expect(unwrapSecret(wrapKey, aBatch({ wrappedSecret: bytes.subarray(1).toString('base64') }))).toBeNull();
  });

  test('stays open to changes that the paper does not bind', () => {
    expect(
      unwrapSecret(wrapKey, aBatch({ wrappedSecret: wrapped().wrappedSecret, note: 'cuộn 2', version: 7 })),
    ).toEqual(COUNTING);
  });
});

describe('an address', () => {
  const code = '7K3M9Q00001V515K52';
  const gtin = '09521234543213';

  test('is upper case, without hyphens, on the origin that the batch keeps', () => {
    expect(printedAddress(aBatch(), code)).toBe(`HTTPS://TEM.EXAMPLE/T/${code}`);
    expect(printedAddress(aBatch({ origin: 'http://localhost:3000' }), code)).toBe(`HTTP://LOCALHOST:3000/T/${code}`);
    const link = aBatch({ carrier: 'digital-link', digitalLink: { gtin, lot: 'CMT-2611.1' } });
    expect(printedAddress(link, code)).toBe(`HTTPS://TEM.EXAMPLE/01/${gtin}/10/CMT-2611.1/21/${code}`);
  });

  test('a digital link reads back, with and without its lot, with a trailing slash, percent-encoded', () => {
    expect(parseDigitalLink(`/01/${gtin}/10/CMT-1/21/${code}`)).toEqual({
      ok: true,
      gtin,
      lot: 'CMT-1',
      codeText: code,
    });
    expect(parseDigitalLink(`/01/${gtin}/21/${code}/`)).toEqual({ ok: true, gtin, lot: null, codeText: code });
    expect(parseDigitalLink(`/01/${gtin}/10/CMT%2D1/21/7K3M9Q%2D1`)).toEqual({
      ok: true,
      gtin,
      lot: 'CMT-1',
      codeText: '7K3M9Q-1',
    });
  });

  test.each([
    ['another order', `/01/${gtin}/21/${code}/10/CMT-1`, 'path'],
    ['no serial', `/01/${gtin}/10/CMT-1`, 'path'],
    ['another qualifier', `/01/${gtin}/22/V1/21/${code}`, 'path'],
    ['an empty lot', `/01/${gtin}/10//21/${code}`, 'path'],
    ['a broken escape in the code', `/01/${gtin}/21/%E0%A4%A`, 'path'],
    ['thirteen digits', `/01/9521234543213/21/${code}`, 'gtin'],
    ['a wrong check digit', `/01/09521234543214/21/${code}`, 'gtin'],
    ['a broken escape in the GTIN', `/01/%E0%A4%A/21/${code}`, 'gtin'],
    ['lower case in the lot', `/01/${gtin}/10/cmt-1/21/${code}`, 'lot'],
    ['an encoded slash in the lot', `/01/${gtin}/10/CMT%2F1/21/${code}`, 'lot'],
    ['a broken escape in the lot', `/01/${gtin}/10/%/21/${code}`, 'lot'],
    ['21 characters of lot', `/01/${gtin}/10/${'A'.repeat(21)}/21/${code}`, 'lot'],
  ])('%s is malformed in its own way', (_, path, fault) =>
    expect(parseDigitalLink(path)).toEqual({ ok: false, fault }),
  );

  test('a lot that a link can hold has 1 to 20 of its characters', () => {
    expect(['A', 'A'.repeat(20), 'L.1-2'].every(isLinkLot)).toBe(true);
    expect(['', 'A'.repeat(21), 'LÔ1', 'A 1', 'A/1', 'a'].some(isLinkLot)).toBe(false);
  });
});

describe('a GS1 number', () => {
  test.each(['08931234567897', '09521234543213', '09520123456788', '09506000134352', '09506000134376'])(
    '%s is a GTIN-14',
    (text) => expect(isGtin14(text)).toBe(true),
  );
  test.each(['8931234567897', '6291041500213'])('%s is 13 digits with a right check digit', (text) =>
    expect(isGln(text)).toBe(true),
  );

  test.each([
    ['0952123454321', { code: 'too-short', start: 13, length: 0 }],
    ['095212345432133', { code: 'too-long', start: 14, length: 1 }],
    ['0952123454321X', { code: 'not-a-digit', start: 13, length: 1 }],
    ['O9521234543213', { code: 'not-a-digit', start: 0, length: 1 }],
    ['09521234543214', { code: 'check-digit', start: 13, length: 1 }],
    ['', { code: 'too-short', start: 0, length: 0 }],
  ])('%p is no GTIN-14, and the fault says where', (text, fault) => expect(gtin14Fault(text)).toEqual(fault));

  test('a GLN has thirteen digits', () =>
    expect(glnFault('95200000000113')).toMatchObject({ code: 'too-long', start: 13 }));

  test('no single wrong digit passes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{13}$/), fc.nat(13), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const good = body + checkDigitOf(body);
        const digit = String((Number(good[at]) + by) % 10);
        return isGtin14(good) && !isGtin14(good.slice(0, at) + digit + good.slice(at + 1));
      }),
    );
  });
});
