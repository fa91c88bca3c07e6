// What the API shows of print jobs and printers.

import { z } from 'zod';
import {
  JOB_FAILURES,
  partsOf,
  PRINT_JOB_STATES,
  stampsDone,
  type PrintJob,
} from '../../../../domain/print/print-job.ts';
import type { CancelledJob } from '../../../../actions/print/cancel-print-job.ts';
import type { Printer } from '../../../../domain/print/printer.ts';
import { entityShape, instantShape, viewOf } from '../../shapes.ts';

const count = z.int().min(0);

export const printJobShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    batchId: z.string(),
    template: z.string(),
    from: z.int().min(1),
    to: z.int().min(1),
    skip: count,
    output: z.enum(['pdf', 'zpl', 'tspl']),
    by: z.string(),
    state: z.enum(PRINT_JOB_STATES),
    done: count.meta({ description: 'Stamps in files that are finished and read back; never fewer than before.' }),
    total: count,
    parts: z.int().min(1).meta({ description: 'Files in all, of at most 100,000 stamps each; numbered from 1.' }),
    files: z.array(
      z.strictObject({
        part: z.int().min(1),
        from: z.int().min(1),
        to: z.int().min(1),
        bytes: count,
        sha256: z.string(),
      }),
    ),
    readBack: z.strictObject({ checked: count, matched: count }).meta({
      description:
        'Stamps read again from the finished files: all of a job of up to 10,000, ' +
        'a sample drawn by lot of a larger one.',
    }),
    failure: z
      .strictObject({
        code: z.enum(JOB_FAILURES),
        detail: z.string(),
        serials: z.array(z.int().min(1)),
        more: count,
      })
      .nullable(),
    endedAt: instantShape.nullable(),
  })
  .meta({ id: 'PrintJob', description: 'Files can be fetched when the state is done.' });

export function printJobView(job: PrintJob): z.input<typeof printJobShape> {
  const {
    id,
    version,
    createdAt,
    updatedAt,
    officeId,
    producerId,
    batchId,
    template,
    from,
    to,
    skip,
    output,
    by,
    state,
    readBack,
    failure,
    endedAt,
  } = job;
  return {
    id,
    version,
    createdAt,
    updatedAt,
    officeId,
    producerId,
    batchId,
    template,
    from,
    to,
    skip,
    // Jobs made before labels were jobs lack the member.
    output: output ?? 'pdf',
    by,
    state,
    readBack,
    failure,
    endedAt,
    done: stampsDone(job),
    total: to - from + 1,
    parts: partsOf(job).length,
    files: job.finished.map(({ part, from: first, to: last, bytes, sha256 }) => ({
      part,
      from: first,
      to: last,
      bytes,
      sha256,
    })),
  };
}

export const cancelledJobShape = printJobShape
  .extend({
    left: z
      .strictObject({
        intervals: z.array(z.strictObject({ from: z.int().min(1), to: z.int().min(1) })),
        stamps: count,
        active: count.meta({ description: 'Of them, those that are active.' }),
      })
      .meta({ description: 'Stamps of the job that are issued and have no file.' }),
    voided: count.meta({ description: 'Stamps that this call voided.' }),
  })
  .meta({ id: 'CancelledPrintJob' });

export function cancelledJobView({ job, left, voided }: CancelledJob): z.input<typeof cancelledJobShape> {
  return { ...printJobView(job), left, voided };
}

export const printerShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string().nullable(),
    name: z.string(),
    offsetX: z.number().meta({ description: 'Millimetres, in tenths.' }),
    offsetY: z.number(),
    scaleX: z.number(),
    scaleY: z.number(),
  })
  .meta({
    id: 'Printer',
    description: 'What the test grid told of a printer. Another keeper’s has its keeper in its id.',
  });

export function printerView(printer: Printer): z.input<typeof printerShape> {
  return viewOf(printerShape, printer, {});
}
