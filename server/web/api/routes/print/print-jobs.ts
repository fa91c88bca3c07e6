// /print-jobs: print files made in the background and read back before they are offered.

import { recordRoutes } from '../../record-routes.ts';
import { z } from 'zod';
import { queryAcknowledge } from '../../../../actions/batches/known-concerns.ts';
import { cancelPrintJob, cancelPrintJobInput } from '../../../../actions/print/cancel-print-job.ts';
import { makePrintJob, makePrintJobInput } from '../../../../actions/print/make-print-job.ts';
import { MEDIA_TYPES, openPartFile } from '../../../../actions/print/open-part-file.ts';
import { listPrintJobs, listPrintJobsQuery, readPrintJob } from '../../../../actions/print/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { answerOutcome, route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import { cancelledJobShape, cancelledJobView, printJobShape, printJobView } from '../../shapes/print/print.ts';

const fileParams = idParams.extend({
  part: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .meta({ minLength: 1, maxLength: 4 }),
});

const { list, read } = recordRoutes({ path: '/print-jobs', tag: 'print', shape: printJobShape, view: printJobView });

export const printJobRoutes: readonly Route[] = [
  list({
    right: 'work-batch',
    summary: 'Print jobs of the office’s producers; a producer’s own',
    query: listPrintJobsQuery,
    action: listPrintJobs,
  }),
  route({
    method: 'post',
    path: '/print-jobs',
    right: 'work-batch',
    gate: 'sheets',
    tag: 'print',
    summary: 'Ask for the print files of a range of stamps, by the same rules as sheet.pdf',
    body: makePrintJobInput,
    answers: { 201: printJobShape },
    problems: [
      'reprint-reason-needed',
      'certificate-lapsed',
      'recalled',
      'void-serials',
      'symbol-too-large',
      'text-does-not-fit',
      'letter-not-in-font',
      'too-many-intervals',
      'version-conflict',
      'no-disk-space',
      'no-pins',
      'too-many-requests',
    ],
    handle: async ({ actor, body, ctx }) =>
      answerOutcome(await runAction(makePrintJob, actor, body, ctx), printJobView),
  }),
  read({
    right: 'work-batch',
    summary: 'One print job: its state, how far it is, what was read back',
    action: readPrintJob,
  }),
  route({
    method: 'post',
    path: '/print-jobs/:id/cancel',
    right: 'work-batch',
    tag: 'print',
    summary: 'Stop a print job that is not ended, and void what it leaves behind; 200 where it is cancelled already',
    params: idParams,
    body: cancelPrintJobInput,
    answers: { 200: cancelledJobShape },
    problems: ['print-job-ended', 'too-many-intervals', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(cancelPrintJob, actor, { id: params.id, cancel: body }, ctx), cancelledJobView),
  }),
  route({
    method: 'get',
    path: '/print-jobs/:id/files/:part',
    right: 'take-print-file',
    gate: 'files',
    leavesMark: true,
    tag: 'print',
    summary:
      'One file of a job that is done, made and read back again where it was cleaned away; the download is logged',
    params: fileParams,
    query: z.strictObject({ acknowledge: queryAcknowledge }),
    answers: { 200: null },
    files: Object.values(MEDIA_TYPES),
    problems: ['print-job-not-done', 'certificate-lapsed', 'void-serials', 'recalled', 'no-disk-space'],
    handle: async ({ actor, params, query, ctx }) => {
      const { bytes, fileName, mediaType, source } = valueOf(await openPartFile(actor, { ...params, ...query }, ctx));
      return {
        status: 200,
        headers: { 'Content-Length': String(bytes) },
        stream: { mediaType, source, fileName },
      };
    },
  }),
];
