// The order in which a call is refused: 401, 403, then everything else. A caller without the right is told so whatever
// the call contains, and takes no place in a queue. Walks every route, so that a new one is covered by itself.

import { describe, expect, test } from '@jest/globals';
import { RIGHTS } from '../../../server/actions/kit/rights.ts';
import type { Route } from '../../../server/web/api/route.ts';
import { allRoutes } from '../../../server/web/api/routes.ts';
import { problemOf } from '../../fixtures/api-problems.ts';
import { testApi, type ApiAnswer, type Name } from '../../fixtures/api.ts';

const api = testApi();

const ROLES = ['producer', 'inspector', 'office'] as const;
const NAMES: Readonly<Record<(typeof ROLES)[number], Name>> = {
  producer: 'producerA1',
  inspector: 'inspectorA',
  office: 'officeA',
};
const WRITES = ['post', 'put', 'patch'];

/** A call with everything wrong: its query, its body, no version, a record that does not exist. */
function badCall(name: Name, { method, path }: Route): Promise<ApiAnswer> {
  const address = path.replaceAll(/:[A-Za-z]+/g, 'nothing-here');
  return api.as(name).send({
    method: method.toUpperCase(),
    path: `${address}?colour=red&colour=blue`,
    headers: { 'Content-Type': 'application/json' },
    ...(WRITES.includes(method) ? { body: Buffer.from('{"no": json') } : {}),
  });
}

describe('a call with everything wrong', () => {
  test.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (_, route) => {
    expect(problemOf(await badCall('nobody', route))).toEqual([401, 'not-signed-in']);
    for (const role of ROLES) {
      const mayNot = RIGHTS[route.right][role] === 'no';
      const [status] = problemOf(await badCall(NAMES[role], route));
      expect([role, status, (mayNot ? [403] : [400, 415]).includes(status)]).toEqual([role, status, true]);
    }
  });
});

test('who may not do a thing takes no place in its line', async () => {
  const many = Array.from({ length: 40 }, () => api.as('inspectorA').get('/batches/nothing-here/codes.csv'));
  const statuses = (await Promise.all(many)).map(({ status }) => status);
  expect([...new Set(statuses)]).toEqual([403]);
});
