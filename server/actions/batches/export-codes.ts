// The codes of a batch as CSV, for a print shop or an ERP: `serial,code,url` and, for the office alone, `pin`. The
// download is in the audit log before the first byte leaves: a person who holds this file can copy every stamp in it.

import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Batch } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { printedAddress } from '../../domain/stamp/stamp-address.ts';
import { CODE_SYMBOLS, formatStampCode } from '../../domain/stamp/stamp-code.ts';
import type { BatchKeys } from '../../domain/stamp/stamp-keys.ts';
import type { ActionContext } from '../kit/context.ts';
import { querySerial } from '../kit/fields.ts';
import { reach } from '../kit/reach.ts';
import { lineOf } from '../kit/save.ts';
import { keysOf } from './sealed-batch.ts';
import { BYTE_ORDER_MARK, forSheet, sheetLine } from '../import/safe-cell.ts';
import { readRange } from './stamp-range.ts';

export const exportCodesQuery = z.strictObject({
  from: querySerial.optional(),
  to: querySerial.optional(),
  pins: z
    .stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })
    .meta({ minLength: 1, maxLength: 5 })
    .default(false),
  excel: forSheet,
});

/**
 * Codes per chunk: about 0.15 MB and 2 ms, after which look-ups get their turn. A slow reader delays the next chunk.
 */
const CHUNK_CODES = 2_048;

export interface CodesFile {
  fileName: string;
  rows: AsyncIterable<Uint8Array>;
}

/** Problems: invalid, no-pins. */
export async function exportCodes(
  actor: Actor,
  input: { id: Id; query: z.output<typeof exportCodesQuery> },
  ctx: ActionContext,
): Promise<Result<CodesFile>> {
  const { from, to, pins, excel } = input.query;
  const found = await reach(ctx.store.batches, actor, pins ? 'take-pins' : 'take-codes', input.id);
  if (!found.ok) return found;
  const batch = found.value.doc;
  if (pins && !batch.pin) return fail('no-pins', 'This batch was issued without PINs.');
  const range = readRange(ctx, batch, { from: from ?? 1, to: to ?? batch.quantity });
  if (!range.ok) return range;
  const keys = keysOf(ctx, batch);
  const { officeId } = batch;
  await ctx.store.audit.add(
    lineOf(ctx, actor, {
      entity: `batch:${batch.id}`,
      action: 'export-codes',
      officeId,
      values: { ...range.value, pins },
    }),
  );
  const fileName = `${batch.id}-${range.value.from}-${range.value.to}.csv`;
  return ok({ fileName, rows: rowsOf(batch, keys, range.value, { pins, excel }) });
}

/** A spreadsheet would cut the zeros before it. */
function pinCell(pin: string, excel: boolean): string {
  return excel && pin.startsWith('0') ? `"=""${pin}"""` : pin;
}

/** The file in chunks. Nothing in it needs quoting but a PIN for a spreadsheet: digits, code symbols and an address. */
async function* rowsOf(
  batch: Batch,
  keys: BatchKeys,
  { from, to }: SerialRange,
  { pins, excel }: { pins: boolean; excel: boolean },
): AsyncGenerator<Uint8Array, void, void> {
  const head = pins ? 'serial,code,url,pin\n' : 'serial,code,url\n';
  yield excel ? Buffer.from(BYTE_ORDER_MARK + sheetLine(head), 'utf8') : Buffer.from(head, 'latin1');
  const address = printedAddress(batch, '');
  const codes = Buffer.alloc(CHUNK_CODES * CODE_SYMBOLS);
  for (let first = from; first <= to; first += CHUNK_CODES) {
    const last = Math.min(to, first + CHUNK_CODES - 1);
    keys.writeCodes(first, last, codes);
    let rows = '';
    for (let serial = first, at = 0; serial <= last; serial += 1, at += CODE_SYMBOLS) {
      const code = codes.toString('latin1', at, at + CODE_SYMBOLS);
      const pin = pins ? `,${pinCell(keys.pinOf(serial), excel)}` : '';
      rows += `${serial},${formatStampCode(code)},${address}${code}${pin}\n`;
    }
    yield Buffer.from(excel ? sheetLine(rows) : rows, 'latin1');
    // A socket that accepts every chunk at once would never let this thread do anything else.
    await turn();
  }
}
