// /templates: what stamps are printed on.

import { pageQuery } from '../../../actions/fields.ts';
import { listTemplates } from '../../../actions/list-templates.ts';
import { answerPage, route, type Route } from '../route.ts';
import { pageShape } from '../shapes.ts';
import { templateShape, templateView } from '../shapes/batch.ts';

export const templateRoutes: readonly Route[] = [
  route({
    method: 'get', path: '/templates', tag: 'print', summary: 'Label templates, with the largest module of each QR version',
    query: pageQuery, answers: { 200: pageShape(templateShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listTemplates(actor, query, ctx), templateView),
  }),
];
