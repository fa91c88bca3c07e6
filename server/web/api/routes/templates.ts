// /templates: what stamps are printed on. All of them fit on one page of a list.

import { listTemplates } from '../../../actions/list-templates.ts';
import { route, valueOf, type Route } from '../route.ts';
import { pageShape } from '../shapes.ts';
import { templateShape, templateView } from '../shapes/batch.ts';

export const templateRoutes: readonly Route[] = [
  route({
    method: 'get', path: '/templates', tag: 'print', summary: 'Label templates, with the largest module of each QR version',
    answers: { 200: pageShape(templateShape) },
    handle: async ({ actor, ctx }) => ({ status: 200, body: { items: valueOf(await listTemplates(actor, ctx)).map(templateView), next: null } }),
  }),
];
