// Reads the scans of a batch as a list or a file. A scan here has its minute, its province and its verdict; the visitor
// is not known. Reading counts no scan.

import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page, ScanRange, StoredScan } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { pageQuery, querySerial } from '../kit/fields.ts';
import { moment, readPeriod } from '../kit/period.ts';
import { pageOf, reach } from '../kit/reach.ts';
import { BYTE_ORDER_MARK, forSheet, SHEET_SEPARATOR, sheetLine } from '../import/safe-cell.ts';

const periodFields = { from: moment.nullable().default(null), to: moment.nullable().default(null) };

export const listScansQuery = pageQuery.extend({ ...periodFields, serial: querySerial.nullable().default(null) });
export const exportScansQuery = z.strictObject({
  ...periodFields,
  serial: querySerial.nullable().default(null),
  excel: forSheet,
});

const PAGE_LIMIT = 200;

/** Newest first. Problems: invalid. */
export async function listScans(
  actor: Actor,
  input: { id: Id; query: z.output<typeof listScansQuery> },
  ctx: ActionContext,
): Promise<Result<Page<StoredScan>>> {
  const { limit, after, serial } = input.query;
  const range = await rangeOf(actor, input.id, input.query, ctx);
  if (!range.ok) return range;
  return pageOf(() => ctx.store.scans.list({ ...range.value, serial }, { limit, after }));
}

/** All scans of the period as CSV: `at,serial,province,verdict,counted`. Problems: invalid. */
export async function exportScans(
  actor: Actor,
  input: { id: Id; query: z.output<typeof exportScansQuery> },
  ctx: ActionContext,
): Promise<Result<{ fileName: string; rows: AsyncIterable<Uint8Array> }>> {
  const range = await rangeOf(actor, input.id, input.query, ctx);
  if (!range.ok) return range;
  return ok({
    fileName: `${input.id}-scans.csv`,
    rows: scanRows(ctx, { ...range.value, serial: input.query.serial }, input.query.excel),
  });
}

async function rangeOf(
  actor: Actor,
  batchId: Id,
  period: { from: string | null; to: string | null },
  ctx: ActionContext,
): Promise<Result<ScanRange>> {
  const found = await reach(ctx.store.batches, actor, 'read-batch', batchId);
  if (!found.ok) return found;
  const read = readPeriod(period, ctx.settings.timeZone);
  return read.ok ? ok({ batchId, ...read.value }) : read;
}

async function* scanRows(
  ctx: ActionContext,
  range: ScanRange & { serial: number | null },
  excel: boolean,
): AsyncGenerator<Uint8Array, void, void> {
  const head = 'at,serial,province,verdict,counted\n';
  yield Buffer.from(excel ? BYTE_ORDER_MARK + sheetLine(head) : head, 'utf8');
  let after: string | null = null;
  for (;;) {
    const page: Page<StoredScan> = await ctx.store.scans.list(range, { limit: PAGE_LIMIT, after });
    const rows = page.items.map(
      ({ at, serial, province, verdict, counted }) =>
        `${[at, serial, cellOf(province), verdict, counted].join(excel ? SHEET_SEPARATOR : ',')}\n`,
    );
    if (rows.length > 0) yield Buffer.from(rows.join(''), 'utf8');
    if (page.next === null) return;
    after = page.next;
    await turn(); // the store reads on this thread, so let look-ups run in between
  }
}

/** Names of provinces come from our own table, but are quoted all the same. */
function cellOf(text: string | null): string {
  return text === null ? '' : `"${text.replaceAll('"', '""')}"`;
}
