// What each kind of actor may do: every right for every kind, and a link on the real actions.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportCodes, exportCodesQuery } from '../../../server/actions/batches/export-codes.ts';
import { listInReach } from '../../../server/actions/kit/reach.ts';
import { decide, reachOf, RIGHTS, type Right } from '../../../server/actions/kit/rights.ts';
import { actorId } from '../../../server/actions/kit/save.ts';
import { handToShop, handToShopInput } from '../../../server/actions/print/shop-link/hand-to-shop.ts';
import { openPartFile } from '../../../server/actions/print/open-part-file.ts';
import { readPrintJob } from '../../../server/actions/print/read.ts';
import { PUBLIC, SYSTEM, type Actor } from '../../../server/domain/people/account.ts';
import { CAST, openTestApi, type TestApi } from '../../fixtures/api.ts';

const EVERY_RIGHT = Object.keys(RIGHTS) as Right[];
const LINK: Actor = { kind: 'link', shopLinkId: 'link-1', printJobId: 'job-1' };
const ADMIN: Actor = { kind: 'person', id: 'user-1', role: 'admin', officeId: null, producerId: null };
const ITS_JOB = { id: 'job-1', officeId: 'office-1', producerId: 'producer-1' };
const OTHER_JOB = { ...ITS_JOB, id: 'job-2' };

const LINK_MAY: readonly Right[] = ['take-print-file', 'take-pins'];
const SYSTEM_MAY: readonly Right[] = [
  'read-registry',
  'tell-story',
  'make-producer',
  'change-registry',
  'set-allowance',
  'keep-lot',
  'issue-batch',
  'work-batch',
  'take-codes',
  'take-pins',
  'issue-special',
  'recall-lot',
  'record-finding',
  'keep-programme',
  'keep-accounts',
  'keep-office',
];

/** `may`, `ask`, or the refusal's code. */
function answerOf(actor: Actor, right: Right, place: Parameters<typeof decide>[2]): string {
  const decision = decide(actor, right, place);
  return decision.kind === 'refused' ? decision.problem.code : decision.kind;
}

describe.each(EVERY_RIGHT)('%s', (right) => {
  test('asks the public to sign in', () => {
    expect(answerOf(PUBLIC, right, null)).toBe('not-signed-in');
    expect(answerOf(PUBLIC, right, ITS_JOB)).toBe('not-signed-in');
  });

  test('is an admin’s', () => {
    expect(answerOf(ADMIN, right, null)).toBe('may');
    expect(answerOf(ADMIN, right, ITS_JOB)).toBe('may');
  });

  test('is a link’s for the files of its own job only', () => {
    const isIts = LINK_MAY.includes(right);
    expect(answerOf(LINK, right, null)).toBe(isIts ? 'may' : 'not-allowed');
    expect(answerOf(LINK, right, ITS_JOB)).toBe(isIts ? 'may' : 'not-allowed');
    expect(answerOf(LINK, right, OTHER_JOB)).toBe(isIts ? 'not-found' : 'not-allowed');
    expect(answerOf(LINK, right, { officeId: 'office-1', producerId: 'producer-1' })).toBe(
      isIts ? 'not-found' : 'not-allowed',
    );
  });

  test('is the system’s where the service or a script does it', () => {
    const expected = SYSTEM_MAY.includes(right) ? 'may' : 'not-allowed';
    expect(answerOf(SYSTEM, right, null)).toBe(expected);
    expect(answerOf(SYSTEM, right, ITS_JOB)).toBe(expected);
  });
});

test('the audit names each kind as before', () => {
  expect([PUBLIC, ADMIN, LINK, SYSTEM].map(actorId)).toEqual(['public', 'user-1', 'shop-link:link-1', 'system']);
});

test('a list narrows to nothing for the public and a link, and to everything for the system', () => {
  expect([PUBLIC, LINK, SYSTEM].map(reachOf)).toEqual([{ officeId: '' }, { officeId: '' }, {}]);
});

describe('a link on the actions', () => {
  let api: TestApi;
  let link: Actor;
  let batchId: string;
  let jobs: string[];

  beforeAll(async () => {
    api = await openTestApi();
    const made = async (path: string, body: object): Promise<string> =>
      String((await api.as('officeA').post(path, body)).body['id']);
    const lotId = await made('/lots', { productId: CAST.productA1, number: 'L-1' });
    batchId = await made('/batches', { lotId, quantity: 10 });
    jobs = [
      await made('/print-jobs', { batchId, template: 'a4-65', from: 1, to: 2 }),
      await made('/print-jobs', { batchId, template: 'a4-65', from: 3, to: 4 }),
    ];
    link = { kind: 'link', shopLinkId: 'link-1', printJobId: jobs[0] ?? '' };
  });
  afterAll(() => api.close());

  test('its own job is found; another of the same batch is absent', async () => {
    expect(await openPartFile(link, { id: jobs[0] ?? '', part: 1 }, api.ctx)).toMatchObject({
      problem: { code: 'print-job-not-done' },
    });
    expect(await openPartFile(link, { id: jobs[1] ?? '', part: 1 }, api.ctx)).toMatchObject({
      problem: { code: 'not-found' },
    });
  });

  test('it reads no job, lists nothing, takes no codes and makes no further link', async () => {
    const hand = handToShopInput.parse({ shop: 'Xưởng in' });
    const page = { limit: 50, after: null };
    const refused = { ok: false, problem: { code: 'not-allowed' } };
    expect(await readPrintJob(link, jobs[0] ?? '', api.ctx)).toMatchObject(refused);
    expect(await handToShop(link, { id: jobs[0] ?? '', hand }, api.ctx)).toMatchObject(refused);
    expect(await listInReach(api.store.batches, link, 'read-batch', {}, page)).toMatchObject(refused);
    expect(await listInReach(api.store.printJobs, link, 'take-print-file', {}, page)).toMatchObject({
      value: { items: [] },
    });
    const query = exportCodesQuery.parse({ pins: 'true' });
    expect(await exportCodes(link, { id: batchId, query }, api.ctx)).toMatchObject({
      ok: false,
      problem: { code: 'not-found' },
    });
  });
});
