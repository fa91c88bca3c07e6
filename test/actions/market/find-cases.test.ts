// Which stamps come first in an office's list of those that look copied, whatever other signs there are.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { issueBatch, issueBatchInput } from '../../../server/actions/batches/issue-batch.ts';
import { displayStamps, displayStampsInput } from '../../../server/actions/batches/display-stamps.ts';
import { listCases } from '../../../server/actions/market/find-cases.ts';
import { handleCase, handleCaseInput } from '../../../server/actions/market/handle-case.ts';
import { producerToday } from '../../../server/actions/home/read-today.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { CAST, testApi } from '../../fixtures/api.ts';
import { aCertificate } from '../../fixtures/records/registry.ts';
import { aScan } from '../../fixtures/records/scans.ts';

const api = testApi();
/** More than a list examines. */
const FILLERS = 520;
/** Networks per day: as many as count. */
const EACH_DAY = 4;

async function issued(input: object): Promise<string> {
  const outcome = await issueBatch(api.actor('officeA'), issueBatchInput.parse(input), api.ctx);
  if (!outcome.ok || outcome.value.kind !== 'done') throw new Error('no batch');
  return outcome.value.value.id;
}

/** Scans by visitors in two distant places in turn, day by day. */
async function jumps(batchId: string, serial: number, days: number, from = '2026-11-01T03:00:00.000Z'): Promise<void> {
  for (let i = 0; i < days * EACH_DAY; i++) {
    const at = new Date(
      Date.parse(from) + Math.floor(i / EACH_DAY) * 86_400_000 + (i % EACH_DAY) * 60_000,
    ).toISOString();
    const province = ['Hà Nội', 'Cà Mau'][i % 2] ?? null;
    const id = `${batchId}-${serial}-${at}`;
    await api.store.scans.record(
      aScan({ id, batchId, serial, visitor: at.slice(8), province, at, day: at.slice(0, 10), verdict: 'valid' }),
    );
  }
}

async function listed(name: 'officeA' | 'officeB' = 'officeA'): Promise<[string, number][]> {
  const found = await listCases(api.actor(name), {}, api.ctx);
  return found.ok ? found.value.rows.map(({ batchId, serial }) => [batchId, serial]) : [];
}

describe('the list of stamps that look copied', () => {
  let [goods, roll, plaque] = ['', '', ''];

  beforeAll(async () => {
    goods = await issued({
      productId: CAST.productA1,
      lot: 'L-1',
      producedOn: '2026-11-01',
      expiresOn: null,
      quantity: 100,
    });
    roll = await issued({ producerId: CAST.producerA1, quantity: 1_000 });
    plaque = await issued({ productId: CAST.productA1, plaque: true, quantity: 10 });
    for (let serial = 1; serial <= FILLERS; serial++)
      await api.store.scans.record(
        aScan({ id: `f-${serial}`, batchId: roll, serial, visitor: `f-${serial}`, verdict: 'not-activated' }),
      );
    await jumps(plaque, 1, 5);
    await jumps(goods, 90, 5);
    await jumps(goods, 3, 3);
    await jumps(goods, 2, 16);
    const display = displayStampsInput.parse({ from: 90, to: 90 });
    await displayStamps(api.actor('officeA'), { id: goods, display }, api.ctx);
  });

  test('what buyers are told of stands first, whatever else is odd; displays and plaques take no place', async () => {
    const rows = await listed();
    expect(rows.slice(0, 2)).toEqual([
      [goods, 2],
      [goods, 3],
    ]);
    expect(rows).toHaveLength(2 + FILLERS);
    expect(rows.some(([batchId, serial]) => batchId === plaque || (batchId === goods && serial === 90))).toBe(false);
    expect(await listed('officeB')).toEqual([]);
  });

  test('one that grew since it was closed comes before those that nobody was told of; closed ones are last', async () => {
    await jumps(goods, 5, 4);
    const close = (serial: number): Promise<unknown> =>
      handleCase(
        api.actor('officeA'),
        {
          batchId: goods,
          serial,
          version: 0,
          handling: handleCaseInput.parse({ state: 'closed', outcome: 'mistake' }),
        },
        api.ctx,
      );
    expect(await close(3)).toMatchObject({ ok: true });
    expect((await listed()).at(-1)).toEqual([goods, 3]);
    await jumps(goods, 3, 6, '2026-11-10T01:00:00.000Z');
    expect((await listed()).slice(0, 3)).toEqual([
      [goods, 2],
      [goods, 3],
      [goods, 5],
    ]);
  });

  test('a received file counts for its own certificate alone', async () => {
    const own = { officeId: CAST.officeA, producerId: CAST.producerA1 };
    const term = { issuedOn: '2024-04-01', expiresOn: '2027-03-31', extension: null, revocation: null };
    const save = async (collection: 'certificates' | 'followUps', doc: unknown): Promise<unknown> =>
      saveNew(api.ctx, api.actor('admin'), { collection, doc: doc as never, action: 'make-certificate', answer: null });
    for (const productId of ['rated-1', 'rated-2'])
      await save(
        'certificates',
        aCertificate({ ...own, ...term, id: productId, productId, number: productId, stars: 3 }),
      );
    const stamps = { version: 1, createdAt: '2026-11-01T00:00:00.000Z', updatedAt: '2026-11-01T00:00:00.000Z' };
    const file = { kind: 'file-received', on: '2026-11-01', note: null, by: 'user' };
    await save('followUps', { ...own, ...stamps, ...file, id: 'file-1', certificateId: 'rated-1' });
    const home = await producerToday(api.actor('producerA1'), api.ctx);
    expect(home.ok && home.value.lapses.items.map(({ lapse }) => lapse.certificate.id)).toEqual(['rated-2']);
  });

  test('the producer’s home names the same first', async () => {
    const home = await producerToday(api.actor('producerA1'), api.ctx);
    expect(home.ok && home.value.cases.items.map(({ serial }) => serial)).toEqual([2, 3, 5]);
  });
});
