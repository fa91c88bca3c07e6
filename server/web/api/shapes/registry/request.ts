// What the API shows of a change that waits, or waited, for the office.

import { z } from 'zod';
import type { Certificate } from '../../../../domain/registry/certificate.ts';
import type { ChangeRequest } from '../../../../domain/registry/change-request.ts';
import { otherRatingsShape, otherRatingsView } from './certificate.ts';
import { entityShape, instantShape, viewOf } from '../../shapes.ts';

export const requestShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    action: z.string().meta({ description: 'What the office is asked to do: `make-product`, `change-lot`, …' }),
    subject: z
      .strictObject({ entity: z.string(), id: z.string(), version: z.int() })
      .nullable()
      .meta({ description: 'What is to change; null: something to be made.' }),
    input: z.record(z.string(), z.unknown()).meta({ description: 'The fields as asked for.' }),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The fields that would change, as they were.' }),
    state: z.enum(['waiting', 'approved', 'declined', 'withdrawn']),
    askedBy: z.string(),
    decision: z
      .strictObject({ at: instantShape, by: z.string(), note: z.string().nullable(), resultId: z.string().nullable() })
      .nullable()
      .meta({ description: '`resultId`: the record that was made or changed.' }),
    otherRatings: otherRatingsShape,
  })
  .meta({ id: 'ChangeRequest' });

/** @param others the product's other certificates, if the request revokes one; left out in lists */
export function requestView(request: ChangeRequest, others?: readonly Certificate[]): z.input<typeof requestShape> {
  // Every action's input is an object (requested-actions.ts).
  return viewOf(requestShape, request, {
    input: request.input as Record<string, unknown>,
    otherRatings: otherRatingsView(others),
  });
}
