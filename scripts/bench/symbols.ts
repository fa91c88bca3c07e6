// Symbols by XOR against the `qrcode` library, which chooses among eight masks by penalty, and against it at a fixed
// mask.

import QRCode from 'qrcode';
import { printedAddress } from '../../server/domain/stamp/stamp-address.ts';
import { CODE_SYMBOLS } from '../../server/domain/stamp/stamp-code.ts';
import { openBatchKeys } from '../../server/domain/stamp/stamp-keys.ts';
import { chooseSymbol, MASK_SAMPLE } from '../../server/sheet/setting/choose-symbol.ts';
import { openSymbolRows } from '../../server/sheet/pdf/symbol-rows.ts';
import type { Figure } from './figure.ts';
import { cpuSeconds, interleaved } from './rounds.ts';

const BATCH_ID = '7K3M9Q';
const ADDRESS = { carrier: 'short', origin: 'https://temtrace.example', digitalLink: null } as const;
const SYMBOLS = 1_000_000;
const SYMBOLS_PEER = 2_000;
const CODES = 4_096;

export async function measureSymbols({ rounds }: { rounds: number }): Promise<Figure[]> {
  const keys = openBatchKeys(new Uint8Array(32), BATCH_ID);
  const shape = chooseSymbol(
    ADDRESS,
    Array.from({ length: MASK_SAMPLE }, (_, at) => keys.codeOf(at + 1)),
  );
  const codes = new Uint8Array(CODES * CODE_SYMBOLS);
  keys.writeCodes(1, CODES, codes);
  const rows = openSymbolRows(ADDRESS, BATCH_ID, shape);
  const out = new Uint32Array(rows.words);
  const still = new Uint32Array(rows.words);

  const rate = async (count: number, draw: (at: number) => void): Promise<number> => {
    const before = cpuSeconds();
    for (let at = 0; at < count; at += 1) draw(at);
    return count / (cpuSeconds() - before);
  };
  const library = (at: number, options: QRCode.QRCodeOptions): void => {
    const data = printedAddress(ADDRESS, keys.codeOf(1 + (at % CODES)));
    QRCode.create([{ data, mode: 'alphanumeric' }], { version: shape.version, errorCorrectionLevel: 'M', ...options });
  };
  const { ours, chosen, fixed, copied } = await interleaved(
    {
      ours: () => rate(SYMBOLS, (at) => rows.write(codes, (at % CODES) * CODE_SYMBOLS, out, 0)),
      chosen: () => rate(SYMBOLS_PEER, (at) => library(at, {})),
      fixed: () => rate(SYMBOLS_PEER, (at) => library(at, { maskPattern: shape.mask as QRCode.QRCodeMaskPattern })),
      copied: () => rate(SYMBOLS, () => out.set(still)),
    },
    rounds,
  );
  return [
    {
      part: 'symbols',
      what: `QR ${shape.version}-M of short addresses, mask ${shape.mask} for the whole batch`,
      unit: 'symbols per CPU-second',
      ours,
      beside: [
        { kind: 'naive', what: 'qrcode.create, the best of eight masks for each symbol', value: chosen },
        { kind: 'peer', what: 'qrcode.create at the same fixed mask', value: fixed },
        { kind: 'floor', what: 'copying a symbol that is ready', value: copied },
      ],
      targets: [{ what: 'against qrcode.create', bound: 100, rule: 'at least', measured: ours / chosen }],
      notes: [
        `Mask rule: ours is chosen once a batch, by the standard's penalty over ${MASK_SAMPLE} of its stamps; ` +
          `the library's by itself a symbol. Fixed, it is ${(fixed / chosen).toFixed(1)} x as fast.`,
        'Tables of a batch (about 70 calls of the library) are made before; the sheets count them.',
      ],
    },
  ];
}
