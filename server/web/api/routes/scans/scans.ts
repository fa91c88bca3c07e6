// Scans of a batch's stamps, one by one and counted.

import { exportScans, exportScansQuery, listScans, listScansQuery } from '../../../../actions/scans/read.ts';
import { batchStats, batchStatsQuery, scanStats, scanStatsQuery } from '../../../../actions/scans/scan-stats.ts';
import { answerPage, route, type Route } from '../../route.ts';
import { valueOf } from '../../../outcome.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { scanShape, scanView, statsShape, statsView } from '../../shapes/batches/batch.ts';

export const scanRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/batches/:id/scans',
    right: 'read-batch',
    tag: 'scans',
    summary: 'Scans of a batch, newest first',
    params: idParams,
    query: listScansQuery,
    answers: { 200: pageShape(scanShape) },
    handle: async ({ actor, params, query, ctx }) =>
      answerPage(await listScans(actor, { id: params.id, query }, ctx), scanView),
  }),
  route({
    method: 'get',
    path: '/batches/:id/scans.csv',
    right: 'read-batch',
    gate: 'exports',
    tag: 'scans',
    summary: 'Scans of a batch as at,serial,province,verdict,counted',
    params: idParams,
    query: exportScansQuery,
    answers: { 200: null },
    files: ['text/csv'],
    handle: async ({ actor, params, query, ctx }) => {
      const { fileName, rows } = valueOf(await exportScans(actor, { id: params.id, query }, ctx));
      return { status: 200, stream: { mediaType: 'text/csv; charset=utf-8', source: rows, fileName } };
    },
  }),
  route({
    method: 'get',
    path: '/batches/:id/stats',
    right: 'read-batch',
    gate: 'statistics',
    tag: 'scans',
    summary: 'Counted scans of a batch by day, province or verdict',
    params: idParams,
    query: batchStatsQuery,
    answers: { 200: statsShape },
    handle: async ({ actor, params, query, ctx }) => ({
      status: 200,
      body: statsView(valueOf(await batchStats(actor, { id: params.id, query }, ctx))),
    }),
  }),
  route({
    method: 'get',
    path: '/stats',
    right: 'read-batch',
    gate: 'statistics',
    tag: 'scans',
    summary: 'Counted scans of all batches in reach by day, province or verdict',
    query: scanStatsQuery,
    answers: { 200: statsShape },
    problems: ['not-found'],
    handle: async ({ actor, query, ctx }) => ({
      status: 200,
      body: statsView(valueOf(await scanStats(actor, query, ctx))),
    }),
  }),
];
