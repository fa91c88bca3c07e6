// Scans and statistics over the API.

import { describe, expect, test } from '@jest/globals';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';

const api = testApi();
const { producer, newLot, newBatch, scan } = batchDesk(api);

describe('scans and stats', () => {
  test('scans are listed, exported and counted by day, province and verdict, in TIME_ZONE’s days', async () => {
    const lotId = await newLot();
    const { id } = await newBatch({ lotId, quantity: 10 });
    await scan(id, 1, '2026-11-24T16:30:30.000Z'); // 23:30 in Vietnam
    await scan(id, 2, '2026-11-24T17:30:00.000Z'); // 00:30 on the 25th
    const list = await producer.get(`/batches/${id}/scans`);
    expect(list.body['items']).toMatchObject([{ serial: 2 }, { serial: 1, at: '2026-11-24T16:30:00.000Z' }]);
    expect((await producer.get(`/batches/${id}/scans?from=2026-11-25`)).body['items']).toHaveLength(1);
    expect((await producer.get(`/batches/${id}/scans?serial=1`)).body['items']).toHaveLength(1);
    expect((await producer.get(`/batches/${id}/scans?to=2026-11-24T16:31:00Z`)).body['items']).toHaveLength(1);
    const csv = (await producer.get(`/batches/${id}/scans.csv`)).bytes.toString('utf8').split('\n');
    expect(csv[0]).toBe('at,serial,province,verdict,counted');
    expect(csv[2]).toMatch(/^2026-11-24T16:30:00.000Z,1,/);
    for (const path of [`/batches/${id}/stats`, `/stats?batchId=${id}`, `/stats?lotId=${lotId}`]) {
      const stats = await producer.get(path);
      expect(stats.body).toMatchObject({
        by: 'day',
        items: [
          { key: '2026-11-24', scans: 1 },
          { key: '2026-11-25', scans: 1 },
        ],
        stampsScanned: 2,
        stamps: 10,
        batches: 1,
      });
    }
    expect((await producer.get(`/batches/${id}/stats?by=verdict`)).body['items']).toEqual([{ key: 'valid', scans: 2 }]);
    for (const other of [`lotId=${lotId}`, `productId=${CAST.productA2}`, `producerId=${CAST.producerA1}`]) {
      expect(problem(await producer.get(`/stats?batchId=${id}&${other}`))).toEqual({
        status: 400,
        code: 'invalid',
        at: ['batchId'],
      });
    }
    expect((await api.as('officeB').get(`/stats?lotId=${lotId}`)).body).toMatchObject({ batches: 0, items: [] });
    expect((await api.as('officeB').get(`/stats?batchId=${id}`)).status).toBe(404);
    expect(problem(await producer.get(`/batches/${id}/scans?from=2026-11-25&to=2026-11-24`))).toMatchObject({
      status: 400,
      at: ['to'],
    });
    expect(problem(await producer.get(`/batches/${id}/scans?after=zzz`))).toMatchObject({ status: 400, at: ['after'] });
    expect((await producer.get(`/batches/${id}/stamps/1`)).body).toMatchObject({
      scans: { count: 1, firstAt: '2026-11-24T16:30:00.000Z' },
    });
    expect((await producer.get(`/batches/${id}/stamps/11`)).status).toBe(404);
    expect((await producer.get(`/batches/${id}/stamps/0`)).status).toBe(400);
  });
});
