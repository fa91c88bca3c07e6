// Lists what was printed of a batch, newest first: each run's file can be made again to the byte (print-sheet.ts).

import type { Actor } from '../../domain/people/account.ts';
import type { PrintRun } from '../../domain/batches/batch.ts';
import type { Id } from '../../domain/entity.ts';
import type { Result } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { listInReach } from '../kit/reach.ts';

export function listPrintRuns(
  actor: Actor,
  batchId: Id,
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<PrintRun>>> {
  return listInReach(ctx.store.printRuns, actor, 'work-batch', { batchId }, page);
}
