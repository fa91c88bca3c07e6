// /batches: stamps issued together, their life, and the files that carry their codes.

import { recordRoutes } from '../../record-routes.ts';
import { Readable } from 'node:stream';
import { activateStamps, activateStampsInput } from '../../../../actions/batches/activate-stamps.ts';
import { changeBatch, changeBatchInput } from '../../../../actions/batches/change-batch.ts';
import { deactivateStamps, deactivateStampsInput } from '../../../../actions/batches/deactivate-stamps.ts';
import { displayStamps, displayStampsInput } from '../../../../actions/batches/display-stamps.ts';
import { exportCodes, exportCodesQuery } from '../../../../actions/batches/export-codes.ts';
import { issueBatch, issueBatchInput } from '../../../../actions/batches/issue-batch.ts';
import type { ActionContext } from '../../../../actions/kit/context.ts';
import { countPrinted } from '../../../../actions/print/count-printed.ts';
import { printLabels, printLabelsQuery } from '../../../../actions/print/print-labels.ts';
import { previewPage, previewPageQuery } from '../../../../actions/print/preview-page.ts';
import { printSheetQuery } from '../../../../actions/print/print-fields.ts';
import { printSheet, type NamedPrint } from '../../../../actions/print/print-sheet.ts';
import { printTestGrid } from '../../../../actions/print/print-test-grid.ts';
import { listBatches, listBatchesQuery, readBatch } from '../../../../actions/batches/read.ts';
import { runAction } from '../../../../actions/kit/run-action.ts';
import { voidStamps, voidStampsInput } from '../../../../actions/batches/void-stamps.ts';
import type { Actor } from '../../../../domain/people/account.ts';
import { drawSheet } from '../../../../sheet/threads/draw-sheet.ts';
import { THERMAL_LANGUAGES } from '../../../../sheet/thermal/thermal-job.ts';
import { answerOutcome, route, type Answer, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams } from '../../shapes.ts';
import {
  activatedShape,
  activatedView,
  batchShape,
  batchView,
  changedShape,
  changedView,
} from '../../shapes/batches/batch.ts';

/** Neither language has a registered type. */
const LABEL_MEDIA_TYPES = { zpl: 'application/zpl', tspl: 'application/octet-stream' } as const;

const PREVIEW_PROBLEMS = ['symbol-too-large', 'no-pins', 'text-does-not-fit', 'letter-not-in-font'] as const;

const { list, make, read, change } = recordRoutes({
  path: '/batches',
  tag: 'batches',
  shape: batchShape,
  view: batchView,
});

export const batchRoutes: readonly Route[] = [
  list({
    right: 'read-batch',
    summary: 'Batches of the office’s producers; a producer’s own',
    query: listBatchesQuery,
    action: listBatches,
  }),
  make({
    right: 'issue-batch',
    summary: 'Issue a batch, at once whatever the quantity; a producer’s beyond its allowance waits for the office',
    body: issueBatchInput,
    waits: true,
    problems: ['lot-differs', 'gtin-not-authorised', 'recalled', 'version-conflict'],
    action: issueBatch,
  }),
  read({ right: 'read-batch', summary: 'One batch', action: readBatch }),
  change({ right: 'work-batch', summary: 'Change a batch’s note', body: changeBatchInput, action: changeBatch }),
  route({
    method: 'post',
    path: '/batches/:id/activate',
    right: 'work-batch',
    tag: 'batches',
    summary: 'Activate stamps for their lot; the same again changes nothing',
    params: idParams,
    body: activateStampsInput,
    answers: { 200: activatedShape },
    problems: ['plaque-has-no-lot', 'no-lot', 'overlap', 'too-many-intervals', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(activateStamps, actor, { id: params.id, activation: body }, ctx), activatedView),
  }),
  route({
    method: 'post',
    path: '/batches/:id/deactivate',
    right: 'work-batch',
    tag: 'batches',
    summary: 'Take an activation back, until the first scan',
    params: idParams,
    body: deactivateStampsInput,
    answers: { 200: activatedShape },
    problems: ['plaque-has-no-lot', 'scanned-since', 'too-many-intervals', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(
        await runAction(deactivateStamps, actor, { id: params.id, deactivation: body }, ctx),
        activatedView,
      ),
  }),
  route({
    method: 'post',
    path: '/batches/:id/voids',
    right: 'work-batch',
    tag: 'batches',
    summary: 'Void stamps, for ever; 200 where all were void already',
    params: idParams,
    body: voidStampsInput,
    answers: { 200: changedShape, 201: changedShape },
    problems: ['too-many-intervals', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(voidStamps, actor, { id: params.id, voiding: body }, ctx), changedView),
  }),
  route({
    method: 'post',
    path: '/batches/:id/displays',
    right: 'issue-special',
    tag: 'batches',
    summary: 'Set stamps out for display; 200 where all were already',
    params: idParams,
    body: displayStampsInput,
    answers: { 200: changedShape, 201: changedShape },
    problems: ['too-many-intervals', 'version-conflict'],
    handle: async ({ actor, params, body, ctx }) =>
      answerOutcome(await runAction(displayStamps, actor, { id: params.id, display: body }, ctx), changedView),
  }),
  route({
    method: 'get',
    path: '/batches/:id/sheet.pdf',
    right: 'work-batch',
    gate: 'sheets',
    leavesMark: true,
    tag: 'print',
    summary: 'The print file for exactly these parameters: made now, or the same bytes again',
    params: idParams,
    query: printSheetQuery,
    answers: { 200: null },
    files: ['application/pdf'],
    problems: [
      'reprint-reason-needed',
      'certificate-lapsed',
      'recalled',
      'void-serials',
      'symbol-too-large',
      'no-pins',
      'text-does-not-fit',
      'letter-not-in-font',
      'too-many-intervals',
      'version-conflict',
    ],
    handle: async ({ actor, params, query, ctx }) => {
      const grid = ctx.testGrids.get(query.template);
      if (grid !== undefined) {
        valueOf(await readBatch(actor, params.id, ctx));
        const bytes = valueOf(await printTestGrid(actor, grid, query, ctx));
        return {
          status: 200,
          stream: { mediaType: 'application/pdf', source: Readable.from([bytes]), fileName: `${grid.id}.pdf` },
        };
      }
      const print = valueOf(await printSheet(actor, { id: params.id, query }, ctx));
      return sendPrint(actor, print, 'application/pdf', ctx);
    },
  }),
  ...THERMAL_LANGUAGES.map((language) =>
    route({
      method: 'get',
      path: `/batches/:id/labels.${language}`,
      right: 'work-batch',
      gate: 'labels',
      leavesMark: true,
      tag: 'print',
      summary:
        `Labels of a roll in a thermal printer’s language (${language.toUpperCase()}), ` +
        'by the same rules as sheet.pdf',
      params: idParams,
      query: printLabelsQuery,
      answers: { 200: null },
      files: [LABEL_MEDIA_TYPES[language]],
      problems: [
        'reprint-reason-needed',
        'certificate-lapsed',
        'recalled',
        'void-serials',
        'symbol-too-large',
        'no-pins',
        'text-does-not-fit',
        'letter-not-in-font',
        'too-many-intervals',
        'version-conflict',
      ],
      handle: async ({ actor, params, query, ctx }) => {
        const print = valueOf(await printLabels(actor, { id: params.id, language, query }, ctx));
        return sendPrint(actor, print, LABEL_MEDIA_TYPES[language], ctx);
      },
    }),
  ),
  route({
    method: 'get',
    path: '/batches/:id/sheet.svg',
    right: 'work-batch',
    gate: 'previews',
    tag: 'print',
    summary: 'A page of the print file before it is printed; its symbols say SAMPLE',
    params: idParams,
    query: previewPageQuery,
    answers: { 200: null },
    files: ['image/svg+xml'],
    problems: PREVIEW_PROBLEMS,
    handle: async ({ actor, params, query, ctx }) => {
      const bytes = valueOf(await previewPage(actor, { id: params.id, form: 'svg', query }, ctx));
      return { status: 200, stream: { mediaType: 'image/svg+xml', source: Readable.from([bytes]), fileName: null } };
    },
  }),
  route({
    method: 'get',
    path: '/batches/:id/sheet.png',
    right: 'work-batch',
    gate: 'previews',
    tag: 'print',
    summary: 'The same picture in 150 dots an inch',
    params: idParams,
    query: previewPageQuery,
    answers: { 200: null },
    files: ['image/png'],
    problems: PREVIEW_PROBLEMS,
    handle: async ({ actor, params, query, ctx }) => {
      const bytes = valueOf(await previewPage(actor, { id: params.id, form: 'png', query }, ctx));
      return { status: 200, stream: { mediaType: 'image/png', source: Readable.from([bytes]), fileName: null } };
    },
  }),
  route({
    method: 'get',
    path: '/batches/:id/codes.csv',
    right: 'take-codes',
    gate: 'codes',
    leavesMark: true,
    tag: 'print',
    summary: 'Codes as serial,code,url and, for the office, pin; the download is logged',
    params: idParams,
    query: exportCodesQuery,
    answers: { 200: null },
    files: ['text/csv'],
    problems: ['no-pins'],
    handle: async ({ actor, params, query, ctx }) => {
      const { fileName, rows } = valueOf(await exportCodes(actor, { id: params.id, query }, ctx));
      return { status: 200, stream: { mediaType: 'text/csv; charset=utf-8', source: rows, fileName } };
    },
  }),
];

/** The file of a print; the stamps count as printed when its last byte was sent. */
function sendPrint(actor: Actor, { run, job, fileName }: NamedPrint, mediaType: string, ctx: ActionContext): Answer {
  const sent = async (): Promise<void> => void valueOf(await countPrinted(actor, run, ctx));
  return { status: 200, stream: { mediaType, source: drawSheet(job), fileName, sent } };
}
