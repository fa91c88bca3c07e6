// What a batch prints immediately over the API: the list of codes and the sheet.

import { describe, expect, test } from '@jest/globals';
import { keysOf } from '../../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { parseStampCode } from '../../../../server/domain/stamp/stamp-code.ts';
import { batchDesk } from '../../../fixtures/api-batches.ts';
import { problem } from '../../../fixtures/api-problems.ts';
import { CAST, testApi, type ApiAnswer, type ApiClient } from '../../../fixtures/api.ts';
import { aCertificate } from '../../../fixtures/records/registry.ts';

const api = testApi();
const { office, producer, newLot, newBatch } = batchDesk(api);

describe('codes.csv', () => {
  test('every row is a code of ours with the address its symbol holds, and the download is logged first', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 9_000, pin: true });
    const batch = await api.store.batches.get(id);
    if (batch === null) throw new Error('no batch');
    const keys = keysOf(api.ctx, batch);
    const answer = await producer.get(`/batches/${id}/codes.csv`);
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const rows = answer.bytes.toString('utf8').trimEnd().split('\n');
    expect(rows[0]).toBe('serial,code,url');
    expect(rows).toHaveLength(9_001);
    for (const [at, row] of rows.slice(1).entries()) {
      const [serial, code = '', url] = row.split(',');
      const parsed = parseStampCode(code);
      if (!parsed.ok) throw new Error(`row ${at} holds no code`);
      expect([serial, parsed.index, url]).toEqual([String(at + 1), at, `HTTPS://TEMTRACE.EXAMPLE/T/${parsed.code}`]);
      expect(keys.checkTag(parsed.index, parsed.tag)).toBe(true);
    }
    const { items } = await api.store.audit.list(
      { officeId: null, entity: `batch:${id}`, from: null, to: null },
      { limit: 10, after: null },
    );
    expect(items.at(-1)).toMatchObject({
      action: 'export-codes',
      actor: 'key-producerA1',
      values: { from: 1, to: 9_000, pins: false },
    });

    expect((await producer.get(`/batches/${id}/codes.csv?pins=true`)).status).toBe(403);
    const withPins = (await office.get(`/batches/${id}/codes.csv?pins=true&from=8999`)).bytes
      .toString('utf8')
      .trimEnd()
      .split('\n');
    expect(withPins[0]).toBe('serial,code,url,pin');
    expect(withPins[1]?.split(',')[3]).toBe(keys.pinOf(8_999));
    expect(withPins).toHaveLength(3);
  });

  test('PINs of a batch without are 409, a HEAD downloads nothing', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 5 });
    const head = await api.auditHead();
    expect(problem(await office.get(`/batches/${id}/codes.csv?pins=true`))).toMatchObject({
      status: 409,
      code: 'no-pins',
    });
    expect((await office.send({ method: 'HEAD', path: `/batches/${id}/codes.csv` })).status).toBe(405);
    expect(problem(await office.get(`/batches/${id}/codes.csv?to=6`))).toMatchObject({ status: 400, at: ['to'] });
    expect(problem(await office.get(`/batches/${id}/codes.csv?pins=perhaps`))).toMatchObject({
      status: 400,
      at: ['pins'],
    });
    expect(await api.auditHead()).toEqual(head);
  });
});

describe('sheet.pdf', () => {
  const sheet = (id: string, query: string, as: ApiClient = producer): Promise<ApiAnswer> =>
    as.get(`/batches/${id}/sheet.pdf?template=a4-65${query}`);

  test('the same parameters give the same bytes; others over the same serials ask why; both are recorded before they leave', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 200 });
    const first = await sheet(id, '&from=1&to=100&skip=3');
    expect(first.status).toBe(200);
    expect(first.headers.get('Content-Type')).toBe('application/pdf');
    expect(first.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 100 }]);
    api.setNow('2026-11-25T03:00:00.000Z');
    expect((await sheet(id, '&from=1&to=100&skip=3&reprintReason=again')).bytes.equals(first.bytes)).toBe(true);

    const other = await sheet(id, '&from=51&to=150');
    expect(problem(other)).toMatchObject({ status: 409, code: 'reprint-reason-needed' });
    expect(other.body['intervals']).toEqual([{ from: 51, to: 100 }]);
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 100 }]);
    expect((await sheet(id, '&from=51&to=150&reprintReason=m%E1%BB%B1c+nh%E1%BA%A1t')).status).toBe(200);
    expect((await producer.get(`/batches/${id}`)).body['printed']).toEqual([{ from: 1, to: 150 }]);
    const { items } = await api.store.printRuns.list({ batchId: id }, { limit: 10, after: null });
    expect(items.map(({ from, to, skip, reprintReason }) => ({ from, to, skip, reprintReason }))).toEqual([
      { from: 51, to: 150, skip: 0, reprintReason: 'mực nhạt' },
      { from: 1, to: 100, skip: 3, reprintReason: null },
    ]);
  });

  test('the same parameters at the same moment are one print run', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const all = await Promise.all([sheet(id, ''), sheet(id, ''), sheet(id, '')]);
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(all.every(({ bytes }) => all[0]?.bytes.equals(bytes))).toBe(true);
    expect((await api.store.printRuns.list({ batchId: id }, { limit: 10, after: null })).items).toHaveLength(1);
  });

  test('stars are printed while the certificate is in force; lapsed since, a reprint needs a reason and has none', async () => {
    const certificate = aCertificate({
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      productId: CAST.productA1,
      issuedOn: '2023-11-25',
      expiresOn: '2026-11-24',
      number: 'OCOP-1',
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'certificates',
      doc: certificate,
      action: 'make-certificate',
      answer: null,
    });
    const { id } = await newBatch({ lotId: await newLot(), quantity: 65 });
    api.setNow('2026-11-24T16:59:00.000Z'); // 23:59 in Vietnam: its last minute in force
    const starred = await sheet(id, '');
    expect(starred.status).toBe(200);
    const run = (await api.store.printRuns.list({ batchId: id }, { limit: 1, after: null })).items[0];
    expect(run?.content).toMatchObject({ stars: 4, certificate: { number: 'OCOP-1', lastDay: '2026-11-24' } });
    api.setNow('2026-11-24T17:00:00.000Z');
    expect(problem(await sheet(id, ''))).toMatchObject({ status: 409, code: 'certificate-lapsed' });
    const starless = await sheet(id, '&reprintReason=h%E1%BA%BFt+h%E1%BA%A1n');
    expect(starless.status).toBe(200);
    expect(starless.bytes.equals(starred.bytes)).toBe(false);
    expect((await sheet(id, '')).bytes.equals(starless.bytes)).toBe(true);
    const runs = (await api.store.printRuns.list({ batchId: id }, { limit: 5, after: null })).items;
    expect(new Set(runs.map(({ content }) => content.stars))).toEqual(new Set([4, null]));
  });

  test('void serials are not printed anew, naming them', async () => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 20 });
    await producer.post(`/batches/${id}/voids`, { from: 5, to: 6, reason: 'lost' });
    const refused = await sheet(id, '');
    expect(problem(refused)).toMatchObject({ status: 409, code: 'void-serials' });
    expect(refused.body['intervals']).toEqual([{ from: 5, to: 6 }]);
    expect((await sheet(id, '&from=7')).status).toBe(200);
  });

  test.each([
    ['an unknown template', '?template=nowhere', 'template'],
    ['no template', '', 'template'],
    ['more places skipped than a sheet has', '?template=a4-65&skip=65', 'skip'],
    ['a serial past the last', '?template=a4-65&to=11', 'to'],
    ['an offset beyond a centimetre', '?template=a4-65&offsetX=10.1', 'offsetX'],
    ['an offset finer than a tenth', '?template=a4-65&offsetY=0.05', 'offsetY'],
    ['an offset that says nothing', '?template=a4-65&offsetX=', 'offsetX'],
    ['an offset in hexadecimal', '?template=a4-65&offsetX=0x1', 'offsetX'],
    ['an offset with an exponent', '?template=a4-65&offsetY=1e0', 'offsetY'],
    ['an offset with a space', '?template=a4-65&offsetY=%201', 'offsetY'],
    ['a serial in hexadecimal', '?template=a4-65&from=0x1', 'from'],
    ['places skipped with an exponent', '?template=a4-65&skip=1e1', 'skip'],
    ['an unknown parameter', '?template=a4-65&zoom=2', 'zoom'],
  ])('%s is a fault of that field, and nothing is recorded', async (_, query, at) => {
    const { id } = await newBatch({ lotId: await newLot(), quantity: 10 });
    const head = await api.auditHead();
    expect(problem(await office.get(`/batches/${id}/sheet.pdf${query}`))).toEqual({
      status: 400,
      code: 'invalid',
      at: [at],
    });
    expect(await api.auditHead()).toEqual(head);
  });

  test('templates say what they need and how large a symbol may be', async () => {
    const { body } = await producer.get('/templates');
    const first = await producer.get('/templates?limit=1');
    expect(first.body['items']).toHaveLength(1);
    const rest = await producer.get(`/templates?after=${String(first.body['next'])}`);
    expect([...(first.body['items'] as unknown[]), ...(rest.body['items'] as unknown[])]).toEqual(body['items']);
    expect(body['items']).toContainEqual(
      expect.objectContaining({
        id: 'a4-65',
        needs: ['symbol'],
        largestModuleMm: expect.objectContaining({ '3': 0.508 }),
      }),
    );
  });
});
