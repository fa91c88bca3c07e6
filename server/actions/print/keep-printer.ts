// Saves what a printer's user measured with the test grid, under a name that the user chooses.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Printer } from '../../domain/print/printer.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { id, text } from '../kit/fields.ts';
import { officeOf } from '../kit/office-of.ts';
import { offsetMm, scaleOf } from './print-fields.ts';
import { findPrinter, keeperOf, shownTo, wholePrinterId } from './printer-keys.ts';
import { decide } from '../kit/rights.ts';
import { newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';

const scale = scaleOf.default(1);

export const keepPrinterInput = z.strictObject({
  name: text(80),
  offsetX: offsetMm.default(0),
  offsetY: offsetMm.default(0),
  scaleX: scale,
  scaleY: scale,
  officeId: id.optional().meta({ description: 'From an admin, where there are several offices.' }),
});

const KEY = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** @param input `version` is that of the printer it replaces; 0 if the caller knows of no printer of this name */
export async function keepPrinter(
  actor: Actor,
  input: { id: Id; version: number; printer: z.output<typeof keepPrinterInput> },
  ctx: ActionContext,
): Promise<Outcome<Printer>> {
  const may = decide(actor, 'keep-printer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { officeId, ...measured } = input.printer;
  const keeper = await keeperOf(actor, officeId, ctx);
  const office = officeId === undefined ? null : await officeOf(actor, officeId, ctx);
  if (office?.ok === false) return office;
  const found = await findPrinter(
    actor,
    keeper === null || office === null ? input.id : wholePrinterId(keeper, input.id),
    ctx,
  );
  if (found.ok) {
    const before = found.value;
    if (input.version === 0)
      return fail(
        'version-missing',
        'This printer is kept already. Send the version you read as If-Match: "<version>".',
      );
    if (input.version !== before.version)
      return fail('version-conflict', 'Somebody changed this printer meanwhile. Read it again.');
    const doc = nextVersion(ctx, before, measured);
    return saveChange(ctx, actor, {
      collection: 'printers',
      before,
      doc,
      action: 'keep-printer',
      answer: shownTo(keeper, doc),
    });
  }
  // Another keeper's printer and one that does not exist give the same answer.
  if (input.id.includes('.')) return fail('not-found', 'There is no such record.');
  if (!KEY.test(input.id))
    return fieldProblem(
      'invalid',
      'id',
      'pattern',
      'A printer’s name in addresses is of a-z, 0-9 and hyphens, at most 40.',
    );
  if (input.version !== 0) return fail('version-conflict', 'No such printer is kept.');
  if (keeper === null || keeper.officeId === null)
    return fieldProblem('invalid', 'officeId', 'required', 'There are several offices: say which one.');
  const doc: Printer = {
    ...newEntity(ctx, wholePrinterId(keeper, input.id)),
    officeId: keeper.officeId,
    producerId: keeper.producerId,
    key: input.id,
    ...measured,
  };
  const made = await saveNew(ctx, actor, {
    collection: 'printers',
    doc,
    action: 'keep-printer',
    answer: shownTo(keeper, doc),
  });
  return made.ok || made.problem.code !== 'taken'
    ? made
    : fail('version-conflict', 'Somebody kept a printer of this name meanwhile. Read it first.');
}
