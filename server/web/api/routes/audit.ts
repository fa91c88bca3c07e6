// /audit: the hash-chained log of every change.

import { listAudit, listAuditQuery } from '../../../actions/audit/list-audit.ts';
import { answerPage, route, type Route } from '../route.ts';
import { pageShape } from '../shapes.ts';
import { auditShape, auditView } from '../shapes/market.ts';

export const auditRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/audit',
    right: 'read-audit',
    tag: 'audit',
    summary: 'The log, oldest first: an office’s own lines, all for an admin',
    query: listAuditQuery,
    answers: { 200: pageShape(auditShape) },
    handle: async ({ actor, query, ctx }) => answerPage(await listAudit(actor, query, ctx), auditView),
  }),
];
