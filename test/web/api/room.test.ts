// Room: what may be added in a day, what a full disk refuses, and what happens to replaced pictures.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { DAY_QUOTAS, DayQuotas, type QuotaName } from '../../../server/actions/kit/day-quotas.ts';
import { addStampReportPhoto } from '../../../server/actions/market/add-stamp-report-photo.ts';
import { fileStampReport, fileStampReportInput } from '../../../server/actions/market/file-stamp-report.ts';
import { todayOf } from '../../../server/actions/kit/today.ts';
import { withinQuota } from '../../../server/actions/kit/within-quota.ts';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { PUBLIC } from '../../../server/domain/people/account.ts';
import { problemBody } from '../../../server/web/errors.ts';
import { doneValue } from '../../../server/web/outcome.ts';
import { FileSweep } from '../../../server/jobs/file-sweep.ts';
import { openTestApi, CAST, clientIn, DISK_RESERVE_BYTES, testApi, type ApiAnswer } from '../../fixtures/api.ts';

const api = testApi();
const producer = clientIn(api, 'producerA1');
const office = clientIn(api, 'officeA');
const inspector = clientIn(api, 'inspectorA');

const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: colour } })
    .png()
    .toBuffer();
const PNG = { 'Content-Type': 'image/png' };
let lots = 0;

async function newLot(): Promise<ApiAnswer> {
  lots += 1;
  return producer.post('/lots', { productId: CAST.productA1, number: `ROOM-${lots}` });
}

async function putPhoto(productId: string, colour: string): Promise<ApiAnswer> {
  const { version } = (await office.get(`/products/${productId}`)).body;
  return office.put(`/products/${productId}/photo`, version, await picture(colour), PNG);
}

let aStamp: string | null = null;

async function aComplaint(): Promise<ApiAnswer> {
  if (aStamp === null) {
    const issued = await office.post('/batches', { productId: CAST.productA1, plaque: true, quantity: 1 });
    const batch = await api.store.batches.get(String(issued.body['id']));
    if (batch === null) throw new Error('no batch');
    aStamp = keysOf(api.ctx, batch).codeOf(1);
  }
  return complain(aStamp);
}

function complain(code: string): Promise<ApiAnswer> {
  return postJson(`/t/${code}/complaint`, { about: 'opened', message: 'x' });
}

/** A photograph is added by whoever holds the secret of the report's page. */
async function aReportPicture(): Promise<ApiAnswer> {
  const filed = await fileStampReport(PUBLIC, fileStampReportInput.parse({ goods: 'Chè' }), api.ctx);
  const { number, key } = doneValue(filed);
  const bytes = await picture('#654321');
  const kept = await addStampReportPhoto(PUBLIC, { number, key: key ?? '', of: 'stamp', bytes }, api.ctx);
  const body = kept.ok ? {} : { ...problemBody(kept.problem) };
  const headers = new Headers(kept.ok ? {} : { 'Retry-After': String(kept.problem.details?.['retryAfterSeconds']) });
  return { status: kept.ok ? 201 : problemBody(kept.problem).status, headers, body, bytes: Buffer.alloc(0) };
}

async function postJson(path: string, sent: object): Promise<ApiAnswer> {
  const answer = await fetch(`${api.address}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(sent),
  });
  const body = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, body, bytes: Buffer.alloc(0) };
}

/** Adds one of each kind, as a person does. */
const ADD: Readonly<Record<QuotaName, { add: () => Promise<ApiAnswer> }>> = {
  pictures: { add: () => putPhoto(CAST.productA1, '#123456') },
  findingPictures: {
    add: async () => {
      const issued = await office.post('/batches', { productId: CAST.productA1, plaque: true, quantity: 1 });
      const batch = await api.store.batches.get(String(issued.body['id']));
      if (batch === null) throw new Error('no batch');
      const code = keysOf(api.ctx, batch).codeOf(1);
      const finding = await inspector.post('/inspections', { code, finding: 'in-order' });
      return inspector.send({
        method: 'POST',
        path: `/inspections/${String(finding.body['id'])}/photos`,
        body: await picture('#abcdef'),
        headers: PNG,
      });
    },
  },
  lots: { add: newLot },
  batches: {
    add: () =>
      producer.post('/batches', {
        productId: CAST.productA1,
        lot: 'Q1',
        producedOn: null,
        expiresOn: null,
        quantity: 1,
      }),
  },
  complaints: { add: aComplaint },
  stampReports: { add: () => postJson('/report', { readAs: 'https://tem-la.vn/1', goods: 'Chè' }) },
  reportPictures: { add: aReportPicture },
};

describe('quotas of a day', () => {
  test.each(Object.keys(DAY_QUOTAS) as QuotaName[])(
    '%s: the last one of the day is taken, the next is 429 and says when',
    async (name) => {
      const { quotas } = api.context;
      const seen: [string, string, string][] = [];
      const take = quotas.take.bind(quotas);
      quotas.take = (one, of, day) => {
        if (one === name) seen.push([one, of, day]);
        return take(one, of, day);
      };
      try {
        expect((await ADD[name].add()).status).toBeLessThan(300);
        const [, of = '', day = ''] = seen.at(-1) ?? [];
        while (take(name, of, day));
        quotas.giveBack(name, of, day);
        expect((await ADD[name].add()).status).toBeLessThan(300);
        const refused = await ADD[name].add();
        expect([refused.status, refused.body['code']]).toEqual([429, 'quota-reached']);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(refused.body).toMatchObject({ quota: name, max: DAY_QUOTAS[name].max });
        api.setNow('2026-11-26T03:00:00.000Z');
        expect((await ADD[name].add()).status).toBeLessThan(300);
      } finally {
        quotas.take = take;
      }
    },
  );

  test('a stamp takes so many complaints a day, and others go on', async () => {
    const issued = await office.post('/batches', { productId: CAST.productA1, plaque: true, quantity: 2 });
    const batch = await api.store.batches.get(String(issued.body['id']));
    if (batch === null) throw new Error('no batch');
    const keys = keysOf(api.ctx, batch);
    const { quotas } = api.context;
    while (quotas.take('complaints', `${batch.id}:1`, todayOf(api.ctx)));
    expect(await complain(keys.codeOf(1))).toMatchObject({ status: 429, body: { code: 'quota-reached' } });
    expect((await complain(keys.codeOf(2))).status).toBe(201);
  });

  test('what was refused or failed does not count', async () => {
    const ctx = { ...api.ctx, quotas: new DayQuotas() };
    const refused = { ok: false, problem: { code: 'taken', detail: '' } } as const;
    for (let one = 0; one < DAY_QUOTAS.lots.max + 1; one += 1)
      expect(await withinQuota(ctx, 'lots', 'p', async () => refused)).toBe(refused);
    await expect(withinQuota(ctx, 'lots', 'p', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    for (let one = 0; one < DAY_QUOTAS.lots.max; one += 1)
      expect((await withinQuota(ctx, 'lots', 'p', async () => ({ ok: true as const }))).ok).toBe(true);
    expect((await withinQuota(ctx, 'lots', 'p', async () => ({ ok: true as const }))).ok).toBe(false);
    expect((await withinQuota(ctx, 'lots', 'q', async () => ({ ok: true as const }))).ok).toBe(true);
  });

  test('docs/security.md shows each', () => {
    const page = readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8');
    for (const { what, max, each, why } of Object.values(DAY_QUOTAS))
      expect(page).toContain(`| ${what} | ${max.toLocaleString('en')} | ${each} | ${why} |`);
  });
});

describe('the reserve of disk', () => {
  test('a file is taken while the reserve stays whole, and refused with what is missing beyond', async () => {
    const { freeBytes } = api.context.room;
    const { store } = freeBytes;
    const before = (await office.get(`/products/${CAST.productA1}`)).body['version'];
    try {
      freeBytes.store = async () => DISK_RESERVE_BYTES;
      const refused = await putPhoto(CAST.productA1, '#111111');
      expect([refused.status, refused.body['code'], refused.body['freeBytes']]).toEqual([
        507,
        'no-disk-space',
        DISK_RESERVE_BYTES,
      ]);
      expect((await office.get(`/products/${CAST.productA1}`)).body['version']).toBe(before);
      freeBytes.store = async () => DISK_RESERVE_BYTES + 10_000;
      expect((await putPhoto(CAST.productA1, '#111111')).status).toBe(200);
      // A MongoDB server that does not report its free space refuses nothing.
      freeBytes.store = async () => null;
      expect((await putPhoto(CAST.productA1, '#222222')).status).toBe(200);
    } finally {
      freeBytes.store = store;
    }
  });
});

describe('a picture that was replaced', () => {
  test('stays with its history where buyers may have seen it, and goes where nobody can have', async () => {
    const other = await openTestApi();
    try {
      const shop = other.as('officeA');
      const made = await shop.post('/products', {
        producerId: CAST.producerA1,
        name: 'Mới',
        group: 'food',
        productSet: 1,
      });
      const id = String(made.body['id']);
      const put = async (colour: string): Promise<string> => {
        const { version } = (await shop.get(`/products/${id}`)).body;
        const answer = await shop.put(`/products/${id}/photo`, version, await picture(colour), PNG);
        return String(answer.body['photo']).replace('/photos/', '');
      };
      const unseen = await put('#010101');
      const seen = await put('#020202');
      expect((await other.store.products.get(id))?.pastPhotos).toBeUndefined();
      await shop.post('/lots', { productId: id, number: 'L1' });
      const now = await put('#030303');
      expect((await other.store.products.get(id))?.pastPhotos).toMatchObject([{ fileId: seen }]);
      const sweep = new FileSweep(other.store);
      await sweep.round(new Date('2026-12-10T00:00:00.000Z'));
      await sweep.round(new Date('2026-12-11T00:00:00.000Z'));
      const there = async (file: string): Promise<number> => (await fetch(`${other.address}/photos/${file}`)).status;
      expect([await there(unseen), await there(seen), await there(now)]).toEqual([404, 200, 200]);
      // The API's view is unchanged.
      expect((await shop.get(`/products/${id}`)).body).not.toHaveProperty('pastPhotos');
    } finally {
      await other.close();
    }
  });
});
