// The console in a programme year: accounts of each role, a lot with stamps, lapsing certificates, and the figures of
// 2020. Importing this opens the service for the tests of the file.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import express from 'express';
import { keysOf } from '../../../../server/actions/batches/sealed-batch.ts';
import { importProgramme } from '../../../../server/actions/import/import-programme.ts';
import { readNamedRows } from '../../../../server/actions/import/table-file.ts';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { makeUser } from '../../../../server/actions/people/make-user.ts';
import { addDays } from '../../../../server/domain/calendar.ts';
import type { ConsoleRoute } from '../../../../server/web/console/console-route.ts';
import { homeRoutes } from '../../../../server/web/console/home/home-page.ts';
import { programmeRoutes } from '../../../../server/web/console/programme/routes.ts';
import { recallRoutes } from '../../../../server/web/console/recalls/routes.ts';
import { consoleRouter } from '../../../../server/web/console/router.ts';
import { allScansRoutes } from '../../../../server/web/console/scans/routes.ts';
import { CAST, openTestApi, type Name, type TestApi } from '../../../fixtures/api.ts';
import { formsOf, isShownAgain } from '../../../fixtures/console.ts';
import { pageOf, spokenTextOf } from '../../../fixtures/page.ts';
import { aLot } from '../../../fixtures/records/batches.ts';
import { MADE_AT, TODAY } from '../../../fixtures/records/cast.ts';
import { aCertificate, aProduct } from '../../../fixtures/records/registry.ts';
import { request } from '../../../fixtures/request.ts';

const PASSWORD = 'mật khẩu đủ dài';
export const ROUTES: readonly ConsoleRoute[] = [...homeRoutes, ...programmeRoutes, ...allScansRoutes, ...recallRoutes];
export const LOGINS = {
  producer: 'producerA1',
  inspector: 'inspectorA',
  office: 'officeA',
  admin: 'admin',
} as const satisfies Record<string, Name>;
type Login = keyof typeof LOGINS | 'office-b';

interface Page {
  status: number;
  location: string;
  text: string;
  bytes: Buffer;
}

export let api: TestApi;
let server: Server;
export let address: string;
export let batchId: string;
const cookies = new Map<Login, string>();

export async function open(login: Login, path: string, form?: Record<string, string | string[]>): Promise<Page> {
  const body =
    form === undefined
      ? null
      : new URLSearchParams(
          Object.entries(form).flatMap(([name, values]) =>
            [values].flat().map((value): [string, string] => [name, value]),
          ),
        );
  const answer = await request(address + path, {
    method: body === null ? 'GET' : 'POST',
    headers: { Cookie: cookies.get(login) ?? '', ...(body === null ? {} : { Origin: address }) },
    body,
  });
  const location = answer.headers.get('Location') ?? '';
  return isShownAgain({ location }) ? open(login, location) : { ...answer, location };
}

/** The text that a person reads, with single spaces. */
export function read({ text }: Page): string {
  return spokenTextOf(pageOf(text).querySelector('html'));
}

export async function follow(login: Login, page: Page): Promise<Page> {
  expect(page.status).toBe(303);
  return open(login, page.location);
}

/** The version that a page's form sends back. */
export function versionIn({ text }: Page): string {
  return String(formsOf(text).find(({ values }) => 'version' in values)?.values['version'] ?? '');
}

export async function verdictOf(serial: number): Promise<string> {
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no batch');
  const answer = await request(`${api.address}/t/${keysOf(api.ctx, batch).codeOf(serial)}`, {
    headers: { Accept: 'application/json' },
  });
  return String((JSON.parse(answer.text) as { verdict: string }).verdict);
}

async function keep(collection: 'certificates' | 'lots' | 'products', doc: object): Promise<void> {
  await saveNew(api.ctx, api.actor('admin'), { collection, doc: doc as never, action: 'test', answer: null });
}

beforeAll(async () => {
  api = await openTestApi();
  const app = express()
    .disable('x-powered-by')
    .use(consoleRouter(() => api.context));
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  address = typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '';
  const admin = api.actor('admin');
  const people: [Login, object][] = [
    ['producer', { role: 'producer', producerId: CAST.producerA1 }],
    ['inspector', { role: 'inspector', officeId: CAST.officeA }],
    ['office', { role: 'office', officeId: CAST.officeA }],
    ['office-b', { role: 'office', officeId: CAST.officeB }],
    ['admin', { role: 'admin' }],
  ];
  for (const [login, who] of people) {
    await makeUser(
      admin,
      { login, name: login, password: PASSWORD, ...who } as Parameters<typeof makeUser>[1],
      api.ctx,
    );
    const answer = await request(`${address}/login`, {
      method: 'POST',
      headers: { Origin: address },
      body: new URLSearchParams({ login, password: PASSWORD }),
    });
    cookies.set(login, (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '');
  }
  const place = { officeId: CAST.officeA, producerId: CAST.producerA1 };
  await keep(
    'lots',
    aLot({
      ...place,
      productId: CAST.productA1,
      number: 'CMT-2611-01',
      expiresOn: addDays(TODAY, 7),
      firstActivatedAt: MADE_AT,
    }),
  );
  await keep(
    'certificates',
    aCertificate({
      ...place,
      productId: CAST.productA1,
      number: 'OCOP-2024-006',
      issuedOn: '2024-02-15',
      expiresOn: addDays(TODAY, 82),
      evaluationId: null,
      imported: true,
    }),
  );
  await keep(
    'products',
    aProduct({ id: 'formula', officeId: CAST.officeA, producerId: CAST.producerA2, name: '=1+1' }),
  );
  await keep(
    'certificates',
    aCertificate({
      id: 'formula',
      officeId: CAST.officeA,
      producerId: CAST.producerA2,
      productId: 'formula',
      number: '@sum',
      issuedOn: '2024-01-01',
      expiresOn: addDays(TODAY, 10),
      evaluationId: null,
      imported: true,
    }),
  );
  batchId = String((await api.as('officeA').post('/batches', { lotId: 'lot-1', quantity: 500 })).body['id']);
  const rows = await readNamedRows(
    readFileSync(new URL('../../../../scripts/sample-registry/programme.csv', import.meta.url)),
  );
  if (!rows.ok) throw new Error(rows.problem.detail);
  const imported = await importProgramme(api.actor('officeA'), { rows: rows.value }, api.ctx);
  if (!imported.ok || imported.value.figures !== 8) throw new Error('the sample’s eight figures were not taken over');
});

beforeEach(() => api.setNow(MADE_AT));

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await api.close();
});
