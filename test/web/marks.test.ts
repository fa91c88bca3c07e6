// A GET with a session records nothing, because any web page can make a browser send one. The few that do (they are
// logged, because somebody with the file can copy stamps) answer only to our own pages. Walks every GET of the API and
// of the console, so that a new one is covered by itself.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { isMade } from '../../server/domain/print/print-run.ts';
import { allRoutes } from '../../server/web/api/routes.ts';
import { consoleRoutes } from '../../server/web/console/routes.ts';
import { CAST, clientIn } from '../fixtures/api.ts';
import { testConsole, visitorAs, type Visitor } from '../fixtures/console.ts';
import { endOfPrintJob } from '../fixtures/print-jobs.ts';
import { until } from '../fixtures/until.ts';

const api = testConsole();
const office = clientIn(api, 'officeA');
const ids: Record<string, string> = {
  offices: CAST.officeA,
  producers: CAST.producerA1,
  products: CAST.productA1,
  users: 'user-producerA1',
};

/** Routes that were seen to record something. */
const seen = new Set<string>();

/** What a route needs besides an id to do its work. */
const QUERIES: Readonly<Record<string, string>> = {
  '/batches/:id/sheet.pdf': '?template=a4-65&from=1&to=5',
  '/batches/:id/sheet.svg': '?template=a4-65',
  '/batches/:id/sheet.png': '?template=a4-65',
  '/batches/:id/labels.zpl': '?template=roll-35x22&from=6&to=10',
  '/batches/:id/labels.tspl': '?template=roll-35x22&from=11&to=15',
  '/batches/:id/codes.csv': '?pins=true',
  '/batches/:id/cartons.pdf': '?from=1&to=5&size=5',
};
/** Reading by serial is logged from a day's hundredth stamp on. */
const MARKS_SELDOM = ['/batches/:id/stamps/:serial'];

const READS = [
  ...allRoutes
    .filter(({ method }) => method === 'get')
    .map(({ path, leavesMark }) => ({ path, at: `/api/v1${path}`, leavesMark })),
  ...consoleRoutes
    .filter(({ method }) => method === 'get')
    .map(({ path, leavesMark = false }) => ({ path, at: path, leavesMark })),
];

function addressOf({ path, at }: (typeof READS)[number]): string {
  const kind = /^\/(?:console\/|inspect\/)?([a-z-]+)/.exec(path)?.[1] ?? '';
  const filled = at
    .replace(':kind', 'products')
    .replace(':format', 'csv')
    .replace(':year', '2026')
    .replace(/:(?:part|serial|photo)/, '1')
    .replaceAll(/:[A-Za-z]+/g, ids[kind] ?? 'nothing-here');
  return filled + (QUERIES[path] ?? '');
}

const head = async (): Promise<number> => (await api.auditHead()).seq;

/** Whether this answer added a line to the log. */
async function marked(who: Visitor, at: string, headers: Record<string, string>): Promise<boolean> {
  const before = await head();
  const answer = await fetch(api.address + at, { redirect: 'manual', headers: { Cookie: who.cookie, ...headers } });
  await answer.arrayBuffer();
  expect([at, answer.status < 500]).toEqual([at, true]);
  // Stamps count as printed when the last byte was sent: that line belongs to this answer, not to the next one.
  await until(async () => {
    const filter = { batchId: ids['batches'] ?? '' };
    const { items } = await api.store.printRuns.list(filter, { limit: 50, after: null });
    return items.every(isMade);
  });
  return (await head()) !== before;
}

beforeAll(async () => {
  const lot = await office.post('/lots', { productId: CAST.productA1, number: 'L-MARKS' });
  const batch = await office.post('/batches', { lotId: lot.body['id'], quantity: 40, pin: true });
  ids['lots'] = String(lot.body['id']);
  ids['batches'] = String(batch.body['id']);
  const job = await office.post('/print-jobs', { batchId: ids['batches'], template: 'a4-65', from: 21, to: 40 });
  ids['print-jobs'] = String(job.body['id']);
  await endOfPrintJob(api, ids['print-jobs']);
});

describe('a GET with a session', () => {
  test.each([
    ['a program or an old browser', {}],
    ['a link in a mail', { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' }],
    ['another site', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' }],
    ['a sister site', { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate' }],
    ['another site by http', { Referer: 'http://evil.example/console' }],
  ] as const)('sent by %s leaves no mark, on any address', async (_, headers) => {
    for (const name of ['officeA', 'producerA1'] as const) {
      const who = await visitorAs(api, name);
      for (const read of READS)
        expect([read.path, await marked(who, addressOf(read), headers)]).toEqual([read.path, false]);
    }
  });

  test.each([
    ['by https', { 'Sec-Fetch-Site': 'same-origin' }],
    ['by http', { Referer: 'https://temtrace.example/console/batches' }],
  ] as const)('sent by our own page %s leaves one where it says so, and nowhere else', async (_, headers) => {
    const who = await visitorAs(api, 'officeA');
    for (const read of READS) {
      const isMarked = await marked(who, addressOf(read), headers);
      if (isMarked) seen.add(read.path);
      expect([read.path, isMarked && !read.leavesMark]).toEqual([read.path, false]);
    }
  });

  test('the routes that say so do leave one: the list is not longer than it must be', () => {
    const said = READS.filter(({ path, leavesMark }) => leavesMark && !MARKS_SELDOM.includes(path));
    expect([...seen].sort()).toEqual(said.map(({ path }) => path).sort());
  });

  test('with an API key asks for nothing of the kind: codes.csv with PINs is a program’s', async () => {
    expect((await office.get(`/batches/${ids['batches']}/codes.csv?pins=true`)).status).toBe(200);
  });
});
