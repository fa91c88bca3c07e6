// /stamp-reports: stamps that are not ours, as people report them at /report, and how they are handled.

import { Readable } from 'node:stream';
import { z } from 'zod';
import { changeStampReport, changeStampReportInput } from '../../../../actions/market/change-stamp-report.ts';
import {
  listStampReports,
  listStampReportsQuery,
  readStampReport,
  readStampReportPhoto,
} from '../../../../actions/market/read-stamp-reports.ts';
import { valueOf } from '../../../outcome.ts';
import { recordRoutes } from '../../record-routes.ts';
import { route, type Route } from '../../route.ts';
import { idParams } from '../../shapes.ts';
import { stampReportShape, stampReportView } from '../../shapes/market.ts';

const photoParams = idParams.extend({ photo: z.string().min(1).max(64) });

const { list, read, change } = recordRoutes({
  path: '/stamp-reports',
  tag: 'stamp reports',
  shape: stampReportShape,
  view: stampReportView,
});

export const stampReportRoutes: readonly Route[] = [
  list({
    right: 'handle-stamp-report',
    summary: 'Reports of stamps that are not ours, newest first',
    query: listStampReportsQuery,
    action: listStampReports,
  }),
  read({ right: 'handle-stamp-report', summary: 'One report', action: readStampReport }),
  change({
    right: 'handle-stamp-report',
    summary: 'Handle a report; an admin hands it to an office',
    body: changeStampReportInput,
    action: changeStampReport,
    problems: ['absent-reference'],
  }),
  route({
    method: 'get',
    path: '/stamp-reports/:id/photos/:photo',
    right: 'handle-stamp-report',
    gate: 'files',
    tag: 'stamp reports',
    summary: 'A photograph of a report, of the stamp or its pack',
    params: photoParams,
    answers: { 200: null },
    files: ['image/webp'],
    handle: async ({ actor, params, ctx }) => {
      const { mediaType, bytes } = valueOf(await readStampReportPhoto(actor, params, ctx));
      return { status: 200, stream: { mediaType, source: Readable.from([bytes]), fileName: null } };
    },
  }),
];
