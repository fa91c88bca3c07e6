// One stamp over the API: by serial or by code, and who may see the whole code.

import { describe, expect, test } from '@jest/globals';
import { ACTOR_CODES_MAX, BATCH_CODES_MAX, CodeTries } from '../../../../server/actions/scans/code-tries.ts';
import { STAMPS_READ_BULK, STAMPS_READ_DAY_MAX } from '../../../../server/actions/scans/stamp-reads.ts';
import { formatStampCode } from '../../../../server/domain/stamp/stamp-code.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { testApi, type Name } from '../../../fixtures/api.ts';

const api = testApi();
const { newLot, newBatch, codeOf } = batchDesk(api);
const shownCode = async (id: string, serial: number): Promise<string> => formatStampCode(await codeOf(id, serial));

const WHOLE: Readonly<Record<Name, 'whole' | 'end' | number>> = {
  admin: 'whole',
  officeA: 'whole',
  producerA1: 'whole',
  inspectorA: 'end',
  producerA2: 404,
  officeB: 404,
  inspectorB: 404,
  producerB1: 404,
  nobody: 401,
};

describe('a stamp', () => {
  test('named by serial shows its code whole to who may take codes, and its last four to others', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const code = await shownCode(id, 3);
    for (const [name, shown] of Object.entries(WHOLE) as [Name, (typeof WHOLE)[Name]][]) {
      const { status, body } = await api.as(name).get(`/batches/${id}/stamps/3`);
      const expected = typeof shown === 'number' ? undefined : shown === 'whole' ? code : code.slice(-4);
      expect([name, status, expected === undefined ? undefined : body['code']]).toEqual([
        name,
        typeof shown === 'number' ? shown : 200,
        expected,
      ]);
    }
  });

  test('named by its code, in whatever form it is read, shows it whole to all in reach', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const code = await shownCode(id, 4);
    for (const typed of [code, code.toLowerCase().replaceAll('-', ' ')])
      expect((await api.as('inspectorA').get(`/stamps?code=${encodeURIComponent(typed)}`)).body).toMatchObject({
        batchId: id,
        serial: 4,
        code,
        verdict: 'valid',
      });
    const forged = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    for (const [name, typed] of [
      ['inspectorA', forged],
      ['inspectorA', 'nonsense'],
      ['inspectorB', code],
      ['producerA2', code],
    ] as const)
      expect((await api.as(name).get(`/stamps?code=${typed}`)).status).toBe(404);
    expect(problem(await api.as('inspectorA').get('/stamps'))).toMatchObject({ status: 400, at: ['code'] });
  });

  test('is read by serial a bounded number of times a day; the log says who read many', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const inspector = api.as('inspectorB');
    // Requests for batches of other offices are not counted: nothing of them is read.
    for (let i = 0; i < 3; i += 1) expect((await inspector.get(`/batches/${id}/stamps/1`)).status).toBe(404);
    const lines = async (): Promise<unknown[]> =>
      (
        await api.store.audit.list(
          { officeId: null, entity: `batch:${id}`, from: null, to: null },
          { limit: 50, after: null },
        )
      ).items.filter(({ action }) => action === 'read-many-stamps');
    api.setNow('2026-11-25T03:00:00.000Z');
    const read = (): ReturnType<typeof inspector.get> => api.as('inspectorA').get(`/batches/${id}/stamps/1`);
    for (let i = 1; i < STAMPS_READ_BULK; i += 1) await read();
    expect(await lines()).toHaveLength(0);
    expect((await read()).status).toBe(200);
    expect(await lines()).toHaveLength(1);
    for (let i = STAMPS_READ_BULK + 1; i <= STAMPS_READ_DAY_MAX; i += 1)
      api.context.stampReads.note(actorOfInspector(), '2026-11-25');
    const refused = await read();
    expect(problem(refused)).toMatchObject({ status: 429, code: 'too-many-requests' });
    // 10:00 in Vietnam: the day ends in fourteen hours.
    expect(refused.headers.get('Retry-After')).toBe(String(14 * 3_600));
    expect((await api.as('inspectorA').get(`/stamps?code=${await codeOf(id, 1)}`)).status).toBe(200);
    expect((await api.as('officeA').get(`/batches/${id}/stamps/1`)).status).toBe(200);
    api.setNow('2026-11-25T17:00:00.000Z');
    expect((await read()).status).toBe(200);
  });

  test('is not found by trying: past so many wrong codes under a batch id even a right one waits, and the log says so', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const other = await newBatch({ lotId: await newLot(), quantity: 10 });
    const code = await codeOf(id, 1);
    const wrongUnder = (batchId: string, at: number): string =>
      `${batchId}${code.slice(6, 13)}${String(10_000 + at)}`.padEnd(18, '0');
    api.setNow('2026-11-27T03:00:00.000Z');
    for (const batchId of [id, 'ABSENT']) {
      for (let at = 0; at < BATCH_CODES_MAX; at += 1)
        expect((await api.as('inspectorA').get(`/stamps?code=${wrongUnder(batchId, at)}`)).status).toBe(404);
      const refused = await api.as('inspectorA').get(`/stamps?code=${wrongUnder(batchId, 99)}`);
      expect(problem(refused)).toMatchObject({ status: 429, code: 'too-many-requests' });
      // One try comes back every 24 minutes.
      expect(refused.headers.get('Retry-After')).toBe(String((24 * 60 * 60) / BATCH_CODES_MAX));
    }
    expect((await api.as('inspectorA').get(`/stamps?code=${code}`)).status).toBe(429);
    const finding = { code, finding: 'in-order' };
    expect((await api.as('inspectorA').post('/inspections', finding)).status).toBe(429);
    // Other people, other batches, and texts that are no codes are not affected.
    expect((await api.as('officeA').get(`/stamps?code=${code}`)).status).toBe(200);
    expect((await api.as('inspectorA').get(`/stamps?code=${await codeOf(other.id, 1)}`)).status).toBe(200);
    expect((await api.as('inspectorA').get('/stamps?code=nonsense')).status).toBe(404);
    const { items } = await api.store.audit.list(
      { officeId: null, entity: `wrong-codes:${actorOfInspector()}`, from: null, to: null },
      { limit: 50, after: null },
    );
    expect(items.map(({ action }) => action)).toEqual(['refuse-codes']);
    api.setNow('2026-11-28T03:00:00.000Z');
    expect((await api.as('inspectorA').get(`/stamps?code=${code}`)).status).toBe(200);
  });

  test('and past so many of one actor under whatever ids, all wait', () => {
    const tries = new CodeTries();
    const idAt = (at: number): string => `B${String(at).padStart(5, '0')}`;
    for (let at = 0; at < ACTOR_CODES_MAX - 1; at += 1) tries.count('a', idAt(at), 0, '2026-11-24');
    expect(tries.waitMs('a', 'NEW000', 0)).toBe(0);
    expect(tries.count('a', idAt(9_999), 0, '2026-11-24')).toBe(true);
    expect(tries.waitMs('a', 'NEW000', 0)).toBeGreaterThan(0);
    expect(tries.waitMs('b', 'NEW000', 0)).toBe(0);
  });

  function actorOfInspector(): string {
    const actor = api.actor('inspectorA');
    return actor.kind === 'person' ? actor.id : '';
  }
});
