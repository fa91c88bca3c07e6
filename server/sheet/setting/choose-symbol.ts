// Version and mask of a batch's symbols, chosen once when it is issued and never changed, because they are on paper.

import { getPenaltyN1, getPenaltyN2, getPenaltyN3, getPenaltyN4 } from 'qrcode/lib/core/mask-pattern.js';
import { create } from 'qrcode/lib/core/qrcode.js';

import type { SymbolShape } from '../../domain/batches/batch.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { CODE_SYMBOLS } from '../../domain/stamp/stamp-code.ts';
import type { AddressForm } from '../threads/sheet-job.ts';

/**
 * Alphanumeric symbols at level M by QR version (ISO/IEC 18004 table 7; STANDARDS §1). Version 3 is the least we print.
 */
const CAPACITY_M: readonly (readonly [version: number, symbols: number])[] = [
  [3, 61],
  [4, 90],
  [5, 122],
  [6, 154],
];
const MASKS = 8;
/** Stamps whose penalties are added up. More of them rarely change the choice and cost 3 ms each. */
export const MASK_SAMPLE = 8;

/**
 * The smallest version at level M that holds the batch's address, and the mask with the least penalty over a sample of
 * its stamps (ISO/IEC 18004 §7.8.3). The standard scores each symbol; one mask for a whole batch is our rule, for the
 * fast drawing.
 *
 * @param sampleCodes 18 symbols each, at least one; those beyond MASK_SAMPLE are not looked at
 * @throws RangeError when no version up to 6 holds the address: a host is at most 32 characters long (config.ts)
 */
export function chooseSymbol(address: AddressForm, sampleCodes: readonly string[]): SymbolShape {
  const contents = sampleCodes.slice(0, MASK_SAMPLE).map((code) => printedAddress(address, code));
  if (contents.length === 0) throw new RangeError('a mask is chosen over at least one stamp');
  const version = versionFor(printedAddress(address, '').length + CODE_SYMBOLS);
  const penalties = Array.from({ length: MASKS }, (_, mask) =>
    contents.reduce((sum, content) => sum + penaltyOf(content, version, mask), 0),
  );
  return { version, level: 'M', mask: penalties.indexOf(Math.min(...penalties)) };
}

/**
 * The smallest version from 3 on whose level M holds this many alphanumeric symbols.
 *
 * @throws RangeError beyond version 6
 */
export function versionFor(symbols: number): number {
  const found = CAPACITY_M.find(([, capacity]) => symbols <= capacity);
  if (found === undefined) throw new RangeError(`no symbol of ours holds ${symbols} characters`);
  return found[0];
}

function penaltyOf(content: string, version: number, maskPattern: number): number {
  const { modules } = create([{ data: content, mode: 'alphanumeric' }], {
    version,
    errorCorrectionLevel: 'M',
    maskPattern,
  });
  return getPenaltyN1(modules) + getPenaltyN2(modules) + getPenaltyN3(modules) + getPenaltyN4(modules);
}
