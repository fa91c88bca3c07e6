// Decodes symbols with ZXing, an implementation that shares no code with the one that draws. Its WebAssembly comes from
// the npm package; nothing is fetched.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';

/** A square of modules. */
export interface Modules {
  size: number;
  isDark(column: number, row: number): boolean;
}

/** What was decoded; `isWhole`: without any error correction. */
export interface ReadSymbol {
  text: string;
  isWhole: boolean;
}

export type SymbolReader = (modules: Modules) => Promise<ReadSymbol | null>;

/** Pixels for each module; the reader is fastest with 3. */
const MODULE_PX = 3;
const QUIET_MODULES = 4;
const RGBA = 4;
const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  isPure: true,
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
};

let isReady = false;

/** A reader for symbols of one size; it keeps one picture and draws each symbol into it. */
export function openSymbolReader(modulesAcross: number): SymbolReader {
  if (!isReady) {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer } });
    isReady = true;
  }
  const side = (modulesAcross + 2 * QUIET_MODULES) * MODULE_PX;
  const data = new Uint8ClampedArray(side * side * RGBA);
  const elements = new Uint32Array(data.buffer);
  const [light, dark] = [0xffffffff, 0xff000000];

  return async (modules) => {
    if (modules.size !== modulesAcross)
      throw new RangeError(`a symbol of ${modules.size} modules, not ${modulesAcross}`);
    elements.fill(light);
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (!modules.isDark(column, row)) continue;
        const corner = (row + QUIET_MODULES) * MODULE_PX * side + (column + QUIET_MODULES) * MODULE_PX;
        for (let line = 0; line < MODULE_PX; line += 1)
          elements.fill(dark, corner + line * side, corner + line * side + MODULE_PX);
      }
    }
    const [found] = await readBarcodes({ data, width: side, height: side }, OPTIONS);
    return found === undefined || !found.isValid
      ? null
      : { text: found.text, isWhole: unusedCorrection(found.extra) === 1 };
  };
}

/** Share of the error correction that was not needed, as ZXing reports it. */
function unusedCorrection(extra: string): number {
  const told: unknown = JSON.parse(extra);
  const share = typeof told === 'object' && told !== null && 'UEC' in told ? told.UEC : null;
  return typeof share === 'number' ? share : 0;
}
