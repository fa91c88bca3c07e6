// The name of a print file that is sent.

import { printFileName } from '../../domain/print/file-name.ts';
import type { PrintRun } from '../../domain/print/print-run.ts';
import type { SerialRange } from '../../domain/batches/intervals.ts';
import { mustGet } from '../../store/must-get.ts';
import type { ActionContext } from '../kit/context.ts';

/** @param range of one file, which may be a part of the run */
export async function namePrintFile(ctx: ActionContext, run: PrintRun, { from, to }: SerialRange): Promise<string> {
  const { lotId } = await mustGet(ctx.store.batches, run.batchId);
  const lot = lotId === null ? null : await ctx.store.lots.get(lotId);
  return printFileName({
    batchId: run.batchId,
    productName: run.content.productName,
    lotNumber: lot?.number ?? null,
    from,
    to,
    output: run.output,
  });
}
