import { describe, expect, test } from '@jest/globals';
import QRCode from 'qrcode';

import { CODE_ALPHABET, CODE_SYMBOLS } from '../../../server/domain/stamp/stamp-code.ts';
import { printedAddress } from '../../../server/domain/stamp/stamp-address.ts';
import { chooseSymbol, versionFor } from '../../../server/sheet/setting/choose-symbol.ts';
import type { AddressForm } from '../../../server/sheet/threads/sheet-job.ts';
import { openSymbolRows } from '../../../server/sheet/pdf/symbol-rows.ts';
import { BATCH_ID, keys, LINK, SHORT } from '../sheet-jobs.ts';

/** A stamp's symbol from the library's public interface: '1' is dark. */
function librarySymbol(address: AddressForm, code: string, version: number, maskPattern: number): string {
  const segment = { data: printedAddress(address, code), mode: 'alphanumeric' } as const;
  const { modules } = QRCode.create([segment], { version, errorCorrectionLevel: 'M', maskPattern: maskPattern as 0 });
  return Array.from(modules.data, (dark) => (dark === 0 ? '0' : '1')).join('');
}

/** The same from packed rows, in which a set bit is light. */
function modulesOf(words: Uint32Array, modules: number): string {
  const bytes = new Uint8Array(words.buffer);
  const rowBytes = Math.ceil(modules / 8);
  return Array.from({ length: modules * modules }, (_, at) => {
    const [row, column] = [Math.floor(at / modules), at % modules];
    return ((bytes[row * rowBytes + (column >> 3)]! >> (7 - (column & 7))) & 1) === 1 ? '0' : '1';
  }).join('');
}

/** Random codes of one batch, the same in every run (a 32-bit xorshift). */
function randomCodes(count: number): string[] {
  let state = 0x7e37ace5;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  return Array.from(
    { length: count },
    () => BATCH_ID + Array.from({ length: CODE_SYMBOLS - BATCH_ID.length }, () => CODE_ALPHABET[next() % 32]).join(''),
  );
}

describe('symbols by XOR', () => {
  const longHost = { ...SHORT, origin: 'https://truyxuat.nongsanphutho.example' };
  const longLink = {
    ...LINK,
    origin: 'https://tem.ocop.phutho.example',
    digitalLink: { gtin: '09520000000011', lot: 'LOT-2026-11-24-A.0001' },
  };

  test.each<[string, AddressForm, number, number]>([
    ['of a short address', SHORT, 10_000, 2],
    ['whose code begins at an odd place', longHost, 1_000, 5],
    ['of a digital link', LINK, 1_000, 0],
    ['of a long digital link', longLink, 500, 7],
  ])('are those of the library bit for bit: %s', (_, address, count, mask) => {
    const version = versionFor(printedAddress(address, '').length + CODE_SYMBOLS);
    const rows = openSymbolRows(address, BATCH_ID, { version, level: 'M', mask });
    const out = new Uint32Array(rows.words);
    const wrong = randomCodes(count).filter((code) => {
      rows.write(Buffer.from(code, 'latin1'), 0, out, 0);
      return modulesOf(out, rows.modules) !== librarySymbol(address, code, version, mask);
    });
    expect(wrong).toEqual([]);
  });

  test('the bytes behind a symbol are white space for the page it stands in', () => {
    const rows = openSymbolRows(LINK, BATCH_ID, { version: 4, level: 'M', mask: 0 });
    const out = new Uint32Array(rows.words);
    rows.write(Buffer.from(keys.codeOf(7), 'latin1'), 0, out, 0);
    expect(rows.words * 4 - rows.bytes).toBeGreaterThan(0);
    expect([...new Uint8Array(out.buffer, rows.bytes)].every((byte) => byte === 0x20)).toBe(true);
  });
});

describe('chooseSymbol', () => {
  const codes = Array.from({ length: 8 }, (_, at) => keys.codeOf(at + 1));

  test.each([
    ['61 characters are version 3', 61, 3],
    ['62 are version 4', 62, 4],
    ['90 are version 4', 90, 4],
    ['91 are version 5', 91, 5],
    ['122 are version 5', 122, 5],
    ['154 are version 6', 154, 6],
  ])('%s', (_, symbols, version) => expect(versionFor(symbols)).toBe(version));

  test('more than version 6 holds is a fault of the caller', () => expect(() => versionFor(155)).toThrow(RangeError));

  test.each([
    ['a host of 32 characters', 32, 3],
    ['a host of 33', 33, 4],
  ])('%s decides the version', (_, length, version) => {
    const host = `${'a'.repeat(length - 3)}.vn`;
    expect(chooseSymbol({ ...SHORT, origin: `https://${host}` }, codes).version).toBe(version);
  });

  test('the mask is the one that the library chooses most often for these stamps, or as good', () => {
    const chosen = chooseSymbol(SHORT, codes);
    const penaltyLeaders = codes.map(
      (code) =>
        QRCode.create([{ data: printedAddress(SHORT, code), mode: 'alphanumeric' }], {
          version: 3,
          errorCorrectionLevel: 'M',
        }).maskPattern,
    );
    expect(penaltyLeaders).toContain(chosen.mask);
    expect(chooseSymbol(SHORT, codes)).toEqual(chosen);
  });

  test('without a stamp there is nothing to choose by', () =>
    expect(() => chooseSymbol(SHORT, [])).toThrow(RangeError));
});
