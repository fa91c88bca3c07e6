// /templates: what stamps can be printed on, including an office's own templates.

import { pageQuery } from '../../../../actions/kit/fields.ts';
import { keepTemplate, keepTemplateInput } from '../../../../actions/print/keep-template.ts';
import { listTemplates, readOwnTemplate } from '../../../../actions/print/read.ts';
import { answerOutcome, answerPage, answerRecord, route, type Route } from '../../route.ts';
import { idParams, pageShape } from '../../shapes.ts';
import { ownTemplateShape, ownTemplateView, templateShape, templateView } from '../../shapes/print/template.ts';

export const templateRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/templates',
    right: 'read-office',
    tag: 'print',
    summary: 'Label templates, with the largest module of each QR version',
    query: pageQuery,
    answers: { 200: pageShape(templateShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listTemplates(actor, query, ctx), templateView),
  }),
  route({
    method: 'get',
    path: '/templates/:id',
    right: 'read-office',
    tag: 'print',
    summary: 'A template of the office’s own, as it was measured',
    params: idParams,
    answers: { 200: ownTemplateShape },
    handle: async ({ actor, params, ctx }) =>
      answerRecord(await readOwnTemplate(actor, params.id, ctx), ownTemplateView),
  }),
  route({
    method: 'put',
    path: '/templates/:id',
    right: 'keep-template',
    tag: 'print',
    summary: 'Keep a template for a stock that was measured with a ruler, or measures taken anew',
    params: idParams,
    body: keepTemplateInput,
    takesIfMatch: 'where-it-exists',
    answers: { 200: ownTemplateShape, 201: ownTemplateShape },
    handle: async ({ actor, params, body, ifMatch, ctx }) =>
      answerOutcome(
        await keepTemplate(actor, { id: params.id, version: ifMatch, template: body }, ctx),
        ownTemplateView,
      ),
  }),
];
