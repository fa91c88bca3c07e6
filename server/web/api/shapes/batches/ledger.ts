// What the API shows of a producer's ledger: the figures, and what does not add up, with the figures that say why.

import { z } from 'zod';
import type { Ledger } from '../../../../domain/batches/ledger.ts';
import { instantShape } from '../../shapes.ts';

const count = z.int().min(0);
const ofOtherYears = count.meta({ description: 'Of `given`, stamps of batches that were given in another year.' });
const sums = { given: count, printed: count, activated: count, voided: count, scanned: count };

const oddityShape = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('beyond-allowance'), stamps: count, allowed: count }),
    z.strictObject({ kind: z.literal('output-beyond-expected'), declared: count, expected: count }),
    z.strictObject({ kind: z.literal('more-stamps-than-output'), stamps: count, declared: count }),
    z.strictObject({ kind: z.literal('active-not-printed'), stamps: count }),
    z.strictObject({ kind: z.literal('scanned-not-active'), stamps: count }),
    z.strictObject({ kind: z.literal('void-scanned'), batchId: z.string(), serial: z.int().min(1) }),
  ])
  .meta({ id: 'Oddity', description: 'What does not add up: a question, never a verdict.' });

export const ledgerShape = z
  .strictObject({
    producerId: z.string(),
    year: z.int(),
    totals: z.strictObject({ ...sums, inHand: count }),
    products: z.array(
      z.strictObject({
        productId: z.string(),
        name: z.string(),
        unit: z.string().nullable(),
        allowance: z
          .strictObject({ stamps: count, used: count, expectedOutput: count })
          .nullable()
          .meta({ description: 'Null: no limit is recorded.' }),
        declared: count.nullable(),
        ...sums,
        ofOtherYears,
        oddities: z.array(oddityShape),
      }),
    ),
    lots: z.array(
      z.strictObject({
        lotId: z.string(),
        number: z.string(),
        productId: z.string(),
        declared: count.nullable(),
        ...sums,
        ofOtherYears,
        oddities: z.array(oddityShape),
      }),
    ),
    rolls: z.array(
      z.strictObject({
        batchId: z.string(),
        issuedAt: instantShape,
        ...sums,
        inHand: count,
        oddities: z.array(oddityShape),
      }),
    ),
    lotsWithoutOutput: count.meta({
      description: 'Lots that stamps stand for and that declare no output: whether they add up is not known.',
    }),
  })
  .meta({
    id: 'Ledger',
    description:
      'Stamps of the batches issued in the year, and of lots all stamps that stand for them. ' +
      'Each stamp is counted by all that happened to it.',
  });

export function ledgerView(ledger: Ledger): z.input<typeof ledgerShape> {
  return ledger;
}
