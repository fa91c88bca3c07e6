// The OpenAPI 3.1 document, made from the same declarations that the router runs.

import { createDocument, type ZodOpenApiObject, type ZodOpenApiOperationObject } from 'zod-openapi';
import type { z } from 'zod';
import { PROBLEMS } from '../../domain/problem.ts';
import { IDEMPOTENCY_KEY_SYMBOLS_MAX, IF_MATCH_SYMBOLS_MAX } from '../read-request.ts';
import { sessionCookieName } from '../session-cookie.ts';
import type { Route } from './route.ts';
import { problemShape } from './shapes.ts';

/** Statuses with a problem body that any route can give; 429 to strangers past their bound (public/form-limit.ts). */
const ALWAYS = [400, 401, 403, 429, 503] as const;

/** @param origin where the service can be reached: `https://temtrace.vn` */
export function openApiDocument(
  routes: readonly Route[],
  origin: string,
  version: string,
): ReturnType<typeof createDocument> {
  const paths: NonNullable<ZodOpenApiObject['paths']> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:([a-zA-Z]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Temtrace API',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Issue batches of stamps, print them, and read what is known of each. ' +
        'Lists take `limit` and `after`; PATCH takes `If-Match`; POST takes `Idempotency-Key`.',
    },
    servers: [{ url: `${origin}/api/v1` }],
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookieName(origin) },
      },
    },
  });
}

/** Every problem status that a route can answer with. */
function problemStatusesOf(route: Route): number[] {
  const statuses = new Set<number>(ALWAYS);
  if (route.params !== null) statuses.add(404);
  if (route.body !== null || route.upload !== null) statuses.add(413).add(415);
  if (route.upload !== null) statuses.add(PROBLEMS['no-disk-space']);
  if (route.method === 'post') statuses.add(409);
  if (route.takesIfMatch !== false) statuses.add(412).add(428);
  if (route.gate !== null) statuses.add(PROBLEMS.busy);
  for (const code of route.problems) statuses.add(PROBLEMS[code]);
  return [...statuses].sort((a, b) => a - b);
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const responses: ZodOpenApiOperationObject['responses'] = {};
  for (const [status, shape] of Object.entries(route.answers)) {
    responses[status as '200'] = {
      description: DESCRIPTIONS[Number(status)] ?? 'Answer',
      ...contentOf(route, Number(status), shape),
    };
  }
  for (const status of problemStatusesOf(route)) {
    responses[String(status) as '400'] = {
      description: 'Problem',
      content: { 'application/problem+json': { schema: problemShape } },
    };
  }
  const operation: ZodOpenApiOperationObject = { tags: [route.tag], summary: route.summary, responses };
  const path = asObject(route.params);
  const query = asObject(route.query);
  if (path !== null || query !== null) {
    operation.requestParams = { ...(path === null ? {} : { path }), ...(query === null ? {} : { query }) };
  }
  const parameters: NonNullable<ZodOpenApiOperationObject['parameters']> = [];
  if (route.takesIfMatch !== false) {
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: route.takesIfMatch === true,
      schema: { type: 'string', minLength: 1, maxLength: IF_MATCH_SYMBOLS_MAX },
    });
  }
  if (route.method === 'post')
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_SYMBOLS_MAX },
    });
  if (parameters.length > 0) operation.parameters = parameters;
  if (route.body !== null) operation.requestBody = { content: { 'application/json': { schema: route.body } } };
  if (route.upload !== null) {
    operation.requestBody = {
      required: true,
      content: Object.fromEntries(route.upload.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
    };
  }
  return operation;
}

function contentOf(route: Route, status: number, shape: z.ZodType | null): object {
  if (shape !== null) return { content: { 'application/json': { schema: shape } } };
  if (status !== 200 || route.files === null) return {};
  return {
    content: Object.fromEntries(route.files.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
  };
}

function asObject(shape: z.ZodType | null): z.ZodObject | null {
  return shape as z.ZodObject | null;
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  202: 'Waits for the office',
  204: 'Done',
};
