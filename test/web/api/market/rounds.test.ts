// Rounds over the API: what a phone recorded without network arrives whole, in order and once, whatever is sent again.

import { describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { ITEM_PHOTOS_MAX, ROUND_ITEMS_MAX } from '../../../../server/domain/market/round.ts';
import { SYNC_OPS_MAX } from '../../../../server/actions/market/rounds/round-fields.ts';
import { listCases } from '../../../../server/actions/market/find-cases.ts';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { CAST, testApi, type ApiAnswer, type Name } from '../../../fixtures/api.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { anInspection } from '../../../fixtures/records/market.ts';
import { aUser } from '../../../fixtures/records/people.ts';
import { request } from '../../../fixtures/request.ts';

const api = testApi();
const { newLot, newBatch, codeOf } = batchDesk(api);

type Fields = Record<string, unknown>;
interface Result {
  opId: string;
  state: string;
  problem: Fields | null;
  round: Fields | null;
  item: Fields | null;
}

let made = 0;
function fresh(what: string): string {
  return `${what}-${String((made += 1)).padStart(8, '0')}`;
}

function op(kind: string, fields: Fields): Fields {
  return { opId: fresh('op'), at: MADE_AT, kind, ...fields };
}

async function sync(ops: readonly Fields[], name: Name = 'inspectorA'): Promise<Result[]> {
  const answer = await api.as(name).post('/rounds/sync', { device: 'Samsung A15', ops });
  expect(answer).toMatchObject({ status: 200 });
  return answer.body['results'] as Result[];
}

async function itemsOf(roundId: unknown): Promise<Fields[]> {
  const answer = await api.as('inspectorA').get(`/rounds/${String(roundId)}/items?limit=200`);
  return answer.body['items'] as Fields[];
}

/** A round with some items, and the operations that made it. */
async function aRoundOf(
  codes: readonly string[],
): Promise<{ round: string; id: string; ops: Fields[]; items: string[] }> {
  const round = fresh('round');
  const items = codes.map(() => fresh('item'));
  const place = { name: 'Chợ Đà Lạt, quầy 14', province: 'Lâm Đồng' };
  const ops = [
    op('open-round', { round, place, met: [{ name: 'Bà Hoa', role: 'chủ quầy' }] }),
    ...codes.map((code, i) => op('item', { round, item: items[i], code, finding: 'in-order' })),
  ];
  const results = await sync(ops);
  return { round, id: String(results[0]?.round?.['id']), ops, items };
}

describe('what a phone recorded', () => {
  test('arrives in order and once, sent again whole, in parts, and at the same moment', async () => {
    const { id: batch } = await newBatch({ lotId: await newLot(), quantity: 20 });
    const codes = await Promise.all([1, 2, 3].map((serial) => codeOf(batch, serial)));
    const { id, ops, items } = await aRoundOf(codes);
    const round = await api.as('inspectorA').get(`/rounds/${id}`);
    expect(round.body).toMatchObject({
      state: 'open',
      officeId: CAST.officeA,
      number: expect.stringMatching(/^BB-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      inspectors: ['key-inspectorA'],
      counts: { items: 3, photos: 0, findings: { 'in-order': 3, none: 0 } },
    });
    expect((await sync(ops)).map(({ state }) => state)).toEqual(['repeat', 'repeat', 'repeat', 'repeat']);
    await Promise.all([sync(ops.slice(0, 2)), sync(ops.slice(1)), sync(ops)]);
    expect((await itemsOf(id)).map(({ clientId }) => String(clientId)).toSorted()).toEqual(items.toSorted());
    const more = [1, 2, 3, 4].map(() => op('item', { round: ops[0]?.['round'], item: fresh('item'), code: 'ABC' }));
    await Promise.all([sync(more), sync(more)]);
    expect(await itemsOf(id)).toHaveLength(7);
  });

  test('is checked by the server: verdict, duplicate, a foreign code without its stamp, a contradiction', async () => {
    const { id: batch } = await newBatch({ lotId: await newLot(), quantity: 20 });
    await api.as('officeA').post(`/batches/${batch}/voids`, { from: 2, to: 2, reason: 'lost' });
    const own = await codeOf(batch, 1);
    const forged = `${own.slice(0, -1)}${own.endsWith('0') ? '1' : '0'}`;
    const edition = MADE_AT;
    const round = fresh('round');
    const results = await sync([
      op('open-round', { round }),
      op('item', { round, item: fresh('item'), code: `https://temtrace.example/t/${own}` }),
      op('item', { round, item: fresh('item'), code: await codeOf(batch, 2) }),
      op('item', { round, item: fresh('item'), code: own, offline: { edition, verdict: 'valid', ours: true } }),
      op('item', { round, item: fresh('item'), code: forged, offline: { edition, verdict: 'valid', ours: true } }),
      op('item', { round, item: fresh('item'), code: 'https://tem-that.example/x?id=9', finding: 'counterfeit' }),
      op('item', { round, item: fresh('item'), code: 'https://tem-that.example/x?id=9' }),
      op('item', { round, item: fresh('item'), code: `https://tem-that.example/t/${own}` }),
    ]);
    const items = results.slice(1).map(({ item }) => item ?? {});
    expect(items).toMatchObject([
      { serial: 1, verdict: 'valid', finding: null, read: null, duplicateOf: null, contradicted: false },
      { serial: 2, verdict: 'void' },
      { serial: 1, duplicateOf: items[0]?.['id'], contradicted: false },
      { serial: null, batchId: null, verdict: 'unknown', contradicted: true },
      {
        finding: 'counterfeit',
        batchId: null,
        producerId: null,
        read: 'https://tem-that.example/x?id=9',
        caseId: null,
      },
      { duplicateOf: items[4]?.['id'] },
      { serial: 1, read: `tem-that.example ${batch}-…-${own.slice(-4)}` },
    ]);
    // No whole code is stored, and none of another office's.
    expect(JSON.stringify(items)).not.toContain(forged.slice(6, 17));
    expect(items[3]?.['read']).toBe(`${batch}-…-${forged.slice(-4)}`);
  });

  test('changes by two phones of one inspector both count; what one says later wins field by field', async () => {
    const { round, items } = await aRoundOf(['ABC']);
    const item = items[0];
    const first = op('change-item', { item, set: { finding: 'counterfeit' } });
    await sync([first]);
    await sync([
      op('change-item', { item, set: { note: 'mực nhòe' } }),
      op('change-round', { round, set: { kept: '2 hộp' } }),
    ]);
    // The first phone did not hear the answer, and sends it again after the other's change.
    await sync([op('change-item', { item, set: { finding: 'other' } })]);
    expect((await sync([first]))[0]).toMatchObject({ state: 'repeat', item: { finding: 'other', note: 'mực nhòe' } });
    expect((await sync([op('close-round', { round })]))[0]).toMatchObject({
      round: { state: 'closed', kept: '2 hộp' },
    });
  });

  test('that comes after the end is taken, and gives the record another edition', async () => {
    const { round, id } = await aRoundOf(['ABC']);
    const close = op('close-round', { round });
    await sync([close]);
    const read = async (): Promise<Fields[]> =>
      (await api.as('inspectorA').get(`/rounds/${id}`)).body['records'] as Fields[];
    const [first] = await read();
    expect(first).toMatchObject({ edition: 1, items: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await sync([close]);
    expect(await read()).toHaveLength(1);
    await sync([op('item', { round, item: fresh('item'), code: 'XYZ' })]);
    const editions = await read();
    expect(editions).toMatchObject([first, { edition: 2, items: 2 }]);
    expect(editions[1]?.['hash']).not.toBe(first?.['hash']);
  });

  test('with a fault ends where it must: what can never work is refused, what belongs to nothing yet waits', async () => {
    const { round } = await aRoundOf([]);
    const waits = op('change-item', { item: fresh('item'), set: { note: 'x' } });
    const after = op('item', { round, item: fresh('item'), code: 'ABC' });
    expect((await sync([waits, after])).map(({ state }) => state)).toEqual(['later']);
    const foreign = await sync([op('open-round', { round: fresh('round') })], 'inspectorB');
    const refused = await sync([
      op('item', { round: foreign[0]?.round?.['id'], item: fresh('item'), code: 'ABC' }),
      after,
    ]);
    expect(refused.map(({ state, problem }) => [state, problem?.['code']])).toEqual([['later', 'not-found']]);
    expect((await api.as('producerA1').post('/rounds/sync', { device: 'x', ops: [after] })).status).toBe(403);
    const many = Array.from({ length: SYNC_OPS_MAX + 1 }, () => after);
    expect((await api.as('inspectorA').post('/rounds/sync', { device: 'x', ops: many })).status).toBe(400);
    // A phone's clock that is years ahead loses nothing.
    const ahead = await sync([op('item', { round, item: fresh('item'), code: 'ABC', at: '2031-01-01T00:00:00Z' })]);
    expect(ahead[0]).toMatchObject({ state: 'done', item: { at: MADE_AT } });
  });

  test('of more items than a record should have is refused', async () => {
    const { round, id } = await aRoundOf([]);
    for (let i = 0; i < ROUND_ITEMS_MAX; i += 1)
      await saveNew(api.ctx, api.actor('inspectorA'), {
        collection: 'inspections',
        doc: anInspection({ id: `filled-${i}`, officeId: CAST.officeA, roundId: id, batchId: null, serial: null }),
        action: 'make-inspection',
        answer: null,
      });
    expect((await sync([op('item', { round, item: fresh('item'), code: 'ABC' })]))[0]).toMatchObject({
      state: 'refused',
      problem: { code: 'round-full', max: ROUND_ITEMS_MAX },
    });
  });

  test('a finding opens the stamp’s case, or joins it; the office finds it among its cases', async () => {
    const { id: batch } = await newBatch({ lotId: await newLot(), quantity: 5 });
    const { round, items } = await aRoundOf([await codeOf(batch, 3)]);
    const [result] = await sync([
      op('change-item', { item: items[0], set: { finding: 'tampered', note: 'bóc ra dán lại' } }),
    ]);
    const caseId = result?.item?.['caseId'];
    expect(await api.store.cases.get(String(caseId))).toMatchObject({
      batchId: batch,
      serial: 3,
      state: 'looking',
      note: 'bóc ra dán lại',
      reasons: [],
    });
    const again = await sync([
      op('item', { round, item: fresh('item'), code: await codeOf(batch, 3), finding: 'counterfeit' }),
    ]);
    expect(again[0]?.item?.['caseId']).toBe(caseId);
    const cases = await listCases(api.actor('officeA'), {}, api.ctx);
    const row = cases.ok ? cases.value.rows.find(({ batchId }) => batchId === batch) : undefined;
    expect(row).toMatchObject({ serial: 3, state: 'looking', reasons: [], tally: { count: 0 } });
  });

  test('photographs are kept once each, as many as an item may have', async () => {
    const { items, id, round } = await aRoundOf(['ABC']);
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#22406b' } })
      .png()
      .toBuffer();
    const send = (photo: string, item = items[0], name: Name = 'inspectorA'): Promise<ApiAnswer> =>
      api.as(name).send({
        method: 'PUT',
        path: `/rounds/photos/${photo}?item=${item}`,
        body: picture,
        headers: { 'Content-Type': 'image/png' },
      });
    const first = fresh('photo');
    const both = await Promise.all([send(first), send(first)]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 201]));
    expect((await send(first)).body).toMatchObject({ photos: [expect.any(String)], photoClientIds: [first] });
    expect((await send(fresh('photo'), fresh('item'))).status).toBe(404);
    expect((await send(fresh('photo'), items[0], 'inspectorB')).status).toBe(404);
    await sync([op('close-round', { round })]);
    for (let i = 1; i < ITEM_PHOTOS_MAX; i += 1) expect((await send(fresh('photo'))).status).toBe(201);
    expect((await send(fresh('photo'))).status).toBe(400);
    const shown = (await api.as('officeA').get(`/rounds/${id}`)).body;
    expect(shown['counts']).toMatchObject({ photos: ITEM_PHOTOS_MAX });
    expect((shown['records'] as Fields[]).at(-1)).toMatchObject({ photos: ITEM_PHOTOS_MAX });
  });
});

describe('a planned round', () => {
  test('is opened by those who go, under its own id, and no more changed by the office then', async () => {
    const user = aUser({
      id: 'key-inspectorA',
      officeId: CAST.officeA,
      producerId: null,
      role: 'inspector',
      login: 'go',
    });
    await saveNew(api.ctx, api.actor('admin'), { collection: 'users', doc: user, action: 'make-user', answer: null });
    const office = api.as('officeA');
    const plan = {
      inspectors: [user.id],
      plannedOn: '2026-11-25',
      producerIds: [CAST.producerA1],
      task: 'Xem tem cam',
    };
    const planned = await office.post('/rounds', plan);
    expect(planned).toMatchObject({ status: 201, body: { state: 'planned', clientId: null } });
    for (const change of [{ inspectors: ['nobody'] }, { producerIds: [CAST.producerB1] }, { plannedOn: '2026-02-30' }])
      expect((await office.post('/rounds', { ...plan, ...change })).status).toBe(400);
    const id = String(planned.body['id']);
    const list = await api.as('inspectorA').get('/rounds?state=planned&inspectorId=key-inspectorA&from=2026-11-25');
    expect((list.body['items'] as Fields[]).map((one) => one['id'])).toEqual([id]);
    const round = fresh('round');
    const opened = await sync([
      op('open-round', { round, planned: id, place: { name: 'Chợ Đà Lạt' } }),
      op('item', { round, item: fresh('item'), code: 'ABC' }),
      op('item', { round: id, item: fresh('item'), code: 'ABC' }),
    ]);
    expect(opened.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(opened[2]?.item).toMatchObject({ roundId: id, duplicateOf: opened[1]?.item?.['id'] });
    const now = (await office.get(`/rounds/${id}`)).body;
    expect(now).toMatchObject({ state: 'open', task: 'Xem tem cam', counts: { items: 2 } });
    expect((await office.patch(`/rounds/${id}`, now['version'], { cancelled: true })).status).toBe(409);
    const other = (await office.post('/rounds', plan)).body;
    expect((await office.patch(`/rounds/${String(other['id'])}`, 1, { cancelled: true })).body['state']).toBe(
      'cancelled',
    );
    const late = await sync([op('open-round', { round: fresh('round'), planned: other['id'] })]);
    expect(late[0]).toMatchObject({ state: 'refused', problem: { code: 'round-ended' } });
  });
});

describe('a round’s record', () => {
  test('is a PDF and a workbook with every stamp; anyone may compare its number and hash, and sees no more', async () => {
    const { id: batch } = await newBatch({ lotId: await newLot(), quantity: 3 });
    const { id, round, items } = await aRoundOf([await codeOf(batch, 1), 'https://tem-that.example/x?id=9']);
    const picture = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#22406b' } })
      .png()
      .toBuffer();
    const headers = { 'Content-Type': 'image/png' };
    const path = `/rounds/photos/${fresh('photo')}?item=${items[0]}`;
    expect((await api.as('inspectorA').send({ method: 'PUT', path, body: picture, headers })).status).toBe(201);
    await sync([
      op('change-item', {
        item: items[1],
        set: { finding: 'counterfeit', note: 'Nghi hàng giả: chữ “Mường Thàng” sai dấu' },
      }),
      op('close-round', { round }),
    ]);
    const shown = (await api.as('officeA').get(`/rounds/${id}`)).body;
    const [edition] = shown['records'] as Fields[];
    const pdf = await api.as('inspectorA').get(`/rounds/${id}/record.pdf`);
    expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    if (process.env['KEEP_RECORD'] !== undefined) await writeFile(process.env['KEEP_RECORD'], pdf.bytes);
    expect(pdf.bytes.length).toBeGreaterThan(10_000);
    const xlsx = await api.as('officeA').get(`/rounds/${id}/record.xlsx`);
    expect([xlsx.status, xlsx.bytes.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    expect((await api.as('officeB').get(`/rounds/${id}/record.pdf`)).status).toBe(404);

    const number = String(shown['number']);
    const page = await request(`${api.address}/b/${number.toLowerCase()}`, { headers: { Accept: 'text/html' } });
    const text = page.bytes.toString('utf8');
    expect([page.status, text.includes(number), text.includes(String(edition?.['hash']))]).toEqual([200, true, true]);
    for (const hidden of ['Bà Hoa', 'Chợ Đà Lạt', batch, 'counterfeit', 'Nghi']) expect(text).not.toContain(hidden);
    for (const other of ['BB-AAAA-AAAA-AAAA', 'x', '%E0%A4%A'])
      expect((await request(`${api.address}/b/${other}`, { headers: { Accept: 'text/html' } })).status).toBeGreaterThan(
        399,
      );
  });
});
