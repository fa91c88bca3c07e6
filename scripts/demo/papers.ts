// Issues the story's batches, each on its day, and writes their papers into a folder: the sheet to print and the list
// of codes.

import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import { exportCodes, exportCodesQuery } from '../../server/actions/batches/export-codes.ts';
import { issueBatch, issueBatchInput } from '../../server/actions/batches/issue-batch.ts';
import { checkPrintRoom } from '../../server/actions/print/job-files.ts';
import { printSheetQuery } from '../../server/actions/print/print-fields.ts';
import { countPrinted } from '../../server/actions/print/count-printed.ts';
import { printSheet } from '../../server/actions/print/print-sheet.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import type { Id } from '../../server/domain/entity.ts';
import type { Result } from '../../server/domain/problem.ts';
import { drawSheet } from '../../server/sheet/threads/draw-sheet.ts';
import { SYSTEM } from '../../server/domain/people/account.ts';
import { ActionFailed, doneBy } from '../system.ts';
import type { SampleLot, SampleRegistry } from './sample.ts';
import { BATCHES, type PlannedBatch, type StoryClock, type StoryTimes } from './story.ts';

const HOUR_MS = 3_600_000;

export interface IssuedBatch {
  id: Id;
  lotId: Id | null;
  quantity: number;
  issuedAt: Date;
  template: string;
  /** Absolute paths. */
  sheet: string;
  codes: string;
  codeOf: (serial: number) => string;
}

/** By the story's key, in the order of their days. */
export async function issueAndPrint(
  registry: SampleRegistry,
  folder: string,
  times: StoryTimes,
  clock: StoryClock,
  ctx: ActionContext,
): Promise<Map<string, IssuedBatch>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const planned = BATCHES.map((batch) => {
    const lot = registry.lots.find(({ number }) => number === batch.lot) ?? null;
    return { batch, lot, at: times.issuedAt(lot?.producedOn ?? null) };
  });
  const issued = new Map<string, IssuedBatch>();
  for (const { batch, lot, at } of planned.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    clock.at = at;
    issued.set(batch.key, await issueOne(registry, batch, lot, folder, clock, ctx));
  }
  return issued;
}

async function issueOne(
  registry: SampleRegistry,
  planned: PlannedBatch,
  lot: SampleLot | null,
  folder: string,
  clock: StoryClock,
  ctx: ActionContext,
): Promise<IssuedBatch> {
  const issuedAt = clock.at;
  const input = issueBatchInput.parse({
    quantity: planned.quantity ?? lot?.stamps,
    carrier: planned.carrier,
    pin: planned.pin,
    ...targetOf(registry, planned, lot),
  });
  const { id, lotId, quantity } = await doneBy(issueBatch(SYSTEM, input, ctx));
  const batch = await ctx.store.batches.get(id);
  if (batch === null) throw new Error(`batch ${id} is gone`);
  clock.at = new Date(issuedAt.getTime() + HOUR_MS);
  valueOf(await checkPrintRoom(ctx, FILE_BYTES + quantity * STAMP_BYTES));
  const sheet = join(folder, `${id}.pdf`);
  const { run, job } = valueOf(
    await printSheet(SYSTEM, { id, query: printSheetQuery.parse({ template: planned.template }) }, ctx),
  );
  await pipeline(drawSheet(job), closedFile(sheet));
  valueOf(await countPrinted(SYSTEM, run, ctx));
  const codes = join(folder, `${id}.csv`);
  const file = valueOf(
    await exportCodes(SYSTEM, { id, query: exportCodesQuery.parse({ pins: String(planned.pin) }) }, ctx),
  );
  await pipeline(file.rows, closedFile(codes));
  const keys = keysOf(ctx, batch);
  return {
    id,
    lotId,
    quantity,
    issuedAt,
    template: planned.template,
    sheet,
    codes,
    codeOf: (serial) => keys.codeOf(serial),
  };
}

function targetOf(
  registry: SampleRegistry,
  { kind, product, key }: PlannedBatch,
  lot: SampleLot | null,
): Record<string, unknown> {
  switch (kind) {
    case 'goods':
      if (lot === null) throw new RangeError(`the sample has no lot for ${key}`);
      return {
        productId: registry.productId(product),
        lot: lot.number,
        producedOn: lot.producedOn,
        expiresOn: lot.expiresOn,
      };
    case 'blank':
      return { producerId: registry.producerOf(product) };
    case 'plaque':
      return { productId: registry.productId(product), plaque: true };
    default:
      return kind satisfies never;
  }
}

/** At most: the font and head of a sheet, and one stamp's bytes in the sheet and in the list of codes. */
const FILE_BYTES = 200_000;
const STAMP_BYTES = 400;

/** Codes are secret until they are on goods, so only the owner can read the file. */
function closedFile(path: string): ReturnType<typeof createWriteStream> {
  return createWriteStream(path, { mode: 0o600, flush: true });
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new ActionFailed(result.problem);
  return result.value;
}
