// The page for measuring a printer, drawn for a saved printer or for none. It has no stamps, so nothing is recorded.

import type { Actor } from '../../domain/people/account.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { TRUE_PRINTER } from '../../sheet/threads/sheet-job.ts';
import { drawPreview } from '../../sheet/preview/draw-preview.ts';
import type { TestGrid } from '../../sheet/template/template-schema.ts';
import type { ActionContext } from '../kit/context.ts';
import { placeOnPaper } from './place-on-paper.ts';
import type { PrintQuery } from './print-fields.ts';
import { decide } from '../kit/rights.ts';

/** For actors who may save a printer. Problems: not-allowed, absent-reference at `printer`. */
export async function printTestGrid(
  actor: Actor,
  grid: TestGrid,
  query: Pick<PrintQuery, 'printer' | 'offsetX' | 'offsetY'>,
  ctx: ActionContext,
): Promise<Result<Uint8Array>> {
  const may = decide(actor, 'keep-printer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const placed = await placeOnPaper(actor, query, ctx);
  if (!placed.ok) return placed;
  const printer = { ...TRUE_PRINTER, ...placed.value };
  const drawn = await drawPreview({ kind: 'test-grid-pdf', grid, printer, printedAt: ctx.now().toISOString() });
  return drawn.ok ? ok(drawn.value.bytes) : drawn;
}
