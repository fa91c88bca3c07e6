// /programme/:year: an office's plan of a year, and plan and result as of any day.

import { z } from 'zod';
import { id, year } from '../../../actions/kit/fields.ts';
import { readReport, programmeReportQuery } from '../../../actions/programme/read-report.ts';
import { readPlan } from '../../../actions/programme/read.ts';
import { setPlan, setPlanInput } from '../../../actions/programme/set-plan.ts';
import { answerOutcome, answerRecord, route, type Route } from '../route.ts';
import { valueOf } from '../../outcome.ts';
import { planShape, planView, reportShape, reportView } from '../shapes/programme.ts';

const yearParams = z.strictObject({
  year: z
    .string()
    .regex(/^\d{4}$/)
    .transform(Number)
    .pipe(year)
    .meta({ minLength: 4, maxLength: 4 }),
});
const officeQuery = z.strictObject({ officeId: id.optional() });

export const programmeRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/programme/:year/plan',
    right: 'read-programme',
    tag: 'programme',
    summary: 'The plan of a year; an admin names the office where there are several; 404: none recorded',
    params: yearParams,
    query: officeQuery,
    answers: { 200: planShape },
    handle: async ({ actor, params, query, ctx }) =>
      answerRecord(await readPlan(actor, { officeId: query.officeId, year: params.year }, ctx), planView),
  }),
  route({
    method: 'put',
    path: '/programme/:year/plan',
    right: 'keep-programme',
    tag: 'programme',
    summary: 'Record or replace the plan of a year',
    params: yearParams,
    query: officeQuery,
    body: setPlanInput,
    takesIfMatch: 'where-it-exists',
    answers: { 200: planShape, 201: planShape },
    handle: async ({ actor, params, query, body, ifMatch, ctx }) => {
      const input = { officeId: query.officeId, year: params.year, version: ifMatch, plan: body };
      return answerOutcome(await setPlan(actor, input, ctx), planView);
    },
  }),
  route({
    method: 'get',
    path: '/programme/:year/report',
    right: 'read-programme',
    gate: 'statistics',
    tag: 'programme',
    summary: 'Plan and result of a year on a day: rated products, producers, support given, what lapses',
    params: yearParams,
    query: programmeReportQuery,
    answers: { 200: reportShape },
    problems: ['not-found'],
    handle: async ({ actor, params, query, ctx }) => {
      const report = valueOf(
        await readReport(actor, { officeId: query.officeId, year: params.year, on: query.on }, ctx),
      );
      return { status: 200, body: reportView(report) };
    },
  }),
];
