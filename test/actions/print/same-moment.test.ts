// A print that is asked for while the file of the same print is being counted is the same print again.

import { expect, test } from '@jest/globals';
import type { ActionContext } from '../../../server/actions/kit/context.ts';
import { countPrinted } from '../../../server/actions/print/count-printed.ts';
import { printSheetQuery } from '../../../server/actions/print/print-fields.ts';
import { printSheet } from '../../../server/actions/print/print-sheet.ts';
import type { Store } from '../../../server/store/store.ts';
import { LOT_ID } from '../../fixtures/records/cast.ts';
import { ctx, issue, PRODUCER, stored } from '../batches/stamp-desk.ts';

/** Enough for a count that nobody keeps waiting. */
const TURNS = 400;

test('no reason is asked for where the count begins right after the unmade run was found', async () => {
  const query = printSheetQuery.parse({ template: 'a4-65' });
  const { id } = await issue({ lotId: LOT_ID, quantity: 10 });
  const first = await printSheet(PRODUCER, { id, query }, ctx);
  if (!first.ok) throw new Error(first.problem.detail);
  const { run } = first.value;

  const counts: ReturnType<typeof countPrinted>[] = [];
  const second = await printSheet(
    PRODUCER,
    { id, query },
    afterFinding(async () => {
      if (counts.length === 0) counts.push(countPrinted(PRODUCER, run, ctx));
      for (let turn = 0; turn < TURNS && (await stored(id)).batch.printed.length === 0; turn += 1)
        await new Promise(setImmediate);
    }),
  );
  expect(second).toMatchObject({ ok: true, value: { run: { id: run.id } } });
  expect(await Promise.all(counts)).toMatchObject([{ ok: true }]);
  expect((await stored(id)).batch.printed).toEqual([{ from: 1, to: 10 }]);
});

/** A context in which something happens each time that a run was looked for. */
function afterFinding(happens: () => Promise<void>): ActionContext {
  const { printRuns } = ctx.store;
  const store = Object.create(ctx.store) as Store;
  const findBy: typeof printRuns.findBy = async (index, values) => {
    const found = await printRuns.findBy(index, values);
    await happens();
    return found;
  };
  Object.defineProperty(store, 'printRuns', { value: Object.assign(Object.create(printRuns), { findBy }) });
  return { ...ctx, store };
}
