// Typed references at every place that takes one: every spelling finds the record, and a text that may mean several
// records is refused with their names.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { findRoll } from '../../../server/actions/batches/find-roll.ts';
import { importRows, registryRows } from '../../../server/actions/import/import-rows.ts';
import { searchRecallable } from '../../../server/actions/recalls/search-recallable.ts';
import { looseKey, stampKey, writtenKey } from '../../../server/domain/search-text.ts';
import { CAST } from '../../fixtures/api.ts';
import { idOf } from '../../fixtures/api-problems.ts';
import { castVisitor, testConsole } from '../../fixtures/console.ts';

const api = testConsole();
const producer = castVisitor(api, 'producerA1');
const { productA1 } = CAST;
const days = { producedOn: '2026-11-01', expiresOn: '2027-11-01' };
const lots: Record<string, string> = {};

/** Spellings of one number, as people and their programs write it. */
const WAYS = [
  'CMT-Đợt-01',
  'cmt-đợt-01',
  'CMT Đợt 01',
  'CMT–Đợt–01',
  'CMTĐợt01',
  'ＣＭＴ-Đợt-01',
  'CMT-Đợt-01'.normalize('NFD'),
];

beforeAll(async () => {
  for (const number of ['CMT-Đợt-01', '26-11', '11-26', 'Mận 1', 'Mân 1']) {
    const made = await api.as('producerA1').post('/lots', { productId: productA1, number, ...days });
    lots[number] = idOf(made);
  }
});

describe('the keys', () => {
  test('writtenKey keeps accents and the place where digits are parted', () => {
    expect(new Set(WAYS.map(writtenKey)).size).toBe(1);
    expect(writtenKey('26-11')).toBe(writtenKey('26 / 11'));
    expect(new Set(['26-11', '2611', '2-611', 'Mận1', 'Mân1', 'Man1'].map(writtenKey)).size).toBe(6);
    expect([writtenKey('--'), writtenKey('***')]).toEqual(['--', '***']);
  });

  test('looseKey and stampKey take more', () => {
    expect(new Set(['Mận 1', 'MAN-1', 'man1'].map(looseKey)).size).toBe(1);
    expect(new Set(['7O3M1Q', '703mlq', '7o3-miq'].map(stampKey)).size).toBe(1);
  });
});

describe('a lot’s number', () => {
  test.each(WAYS)('%p is the recorded lot when stamps are issued, by API and page', async (lot) => {
    const issued = await api.as('producerA1').post('/batches', { productId: productA1, lot, ...days, quantity: 10 });
    expect([issued.status, issued.body['lotId']]).toEqual([201, lots['CMT-Đợt-01']]);
    const page = await producer.fill('/console/print', {
      fields: { product: productA1, lot, ...days, quantity: '12' },
    });
    expect(page.status).toBe(422); // the recorded lot has stamps already, and the page says so
    expect(page.text).toContain('CMT-Đợt-01');
  });

  test.each([
    ['2611', ['26-11']],
    ['1126', ['11-26']],
    ['Man 1', ['Mận 1', 'Mân 1']],
  ])('%p may mean others: it is refused, and they are named', async (lot, meant) => {
    const issued = await api.as('producerA1').post('/batches', { productId: productA1, lot, ...days, quantity: 10 });
    expect(issued.body).toMatchObject({ status: 400, errors: [{ path: ['lot'], code: 'ambiguous' }] });
    const said = (issued.body['errors'] as { message: string }[])[0]?.message ?? '';
    for (const one of meant) expect(said).toContain(`“${one}”`);
    const page = await producer.fill('/console/print', {
      fields: { product: productA1, lot, ...days, quantity: '12' },
    });
    for (const one of meant) expect(page.text).toContain(one);
  });

  test('exactly as it is recorded it is that lot, whatever is like it', async () => {
    for (const lot of ['26-11', '11-26', 'Mận 1', 'Mân 1']) {
      const issued = await api.as('producerA1').post('/batches', { productId: productA1, lot, ...days, quantity: 10 });
      expect([lot, issued.body['lotId']]).toEqual([lot, lots[lot]]);
    }
  });

  test('a new one is refused where it is recorded in another writing; one with other digits is new', async () => {
    const make = (number: string) => api.as('producerA1').post('/lots', { productId: productA1, number });
    const twin = await make('cmt đợt 01');
    expect(twin.body).toMatchObject({ status: 409, code: 'taken', references: ['CMT-Đợt-01'] });
    const shown = await producer.fill('/console/lots/new', { fields: { productId: productA1, number: 'cmt đợt 01' } });
    expect(shown.text).toContain('Đã ghi với cách viết khác: CMT-Đợt-01');
    expect((await make('2-611')).status).toBe(201);
    const lot = await api.as('producerA1').get(`/lots/${String(lots['26-11'])}`);
    expect(
      (await api.as('producerA1').patch(`/lots/${String(lots['26-11'])}`, lot.body['version'], { number: '2 611' }))
        .status,
    ).toBe(409);
  });
});

describe('councils and certificates', () => {
  const evaluation = { productId: productA1, heldOn: '2026-06-15', minimumStars: 5, score: 80 };

  test('a round and a certificate’s number are recorded once, however they are written', async () => {
    const office = api.as('officeA');
    expect((await office.post('/evaluations', { ...evaluation, round: 'Đợt 2/2026' })).status).toBe(201);
    expect((await office.post('/evaluations', { ...evaluation, round: 'đợt 2-2026' })).status).toBe(409);
    for (const round of ['Đợt 2/2026', 'đợt 2-2026', 'ĐỢT 2 2026'])
      expect((await office.get(`/evaluations?round=${encodeURIComponent(round)}`)).body['items']).toHaveLength(1);
    const paper = { productId: productA1, scheme: 'haccp', issuer: 'Cục', issuedOn: '2026-01-01' };
    expect((await office.post('/certificates', { ...paper, number: '12/QĐ-UBND' })).status).toBe(201);
    expect((await office.post('/certificates', { ...paper, number: '12 / qđ – ubnd' })).status).toBe(409);
    expect((await office.post('/certificates', { ...paper, scheme: 'vietgap', number: '12/qđ-ubnd' })).status).toBe(
      201,
    );
  });

  test('a file names records in any writing, and a row that may mean another is a fault', async () => {
    const how = { officeId: CAST.officeA, actor: api.actor('officeA'), isTrial: false } as const;
    const run = async (
      kind: 'producers' | 'products' | 'certificates',
      heads: readonly string[],
      rows: string[][],
    ): Promise<unknown[]> => {
      const table = registryRows(
        { kind, columns: Object.fromEntries(heads.map((head, at) => [head, at])) },
        rows.map((cells, i) => ({ line: i + 2, cells })),
      );
      const done: unknown[] = [];
      for await (const some of importRows(table, { ...how, kind }, api.ctx))
        for (const { outcome, errors } of some) done.push(errors[0]?.code ?? outcome);
      return done;
    };
    const producers = ['ref', 'name', 'kind', 'commune', 'province'];
    const row = (ref: string): string[] => [ref, 'HTX Chè', 'cooperative', 'Cao Phong', 'Phú Thọ'];
    expect(await run('producers', producers, [row('CT-01')])).toEqual(['new']);
    expect(await run('producers', producers, [row('ct 01')])).toEqual(['same']);
    // Accents, and where digits are separated, tell two records apart, but not two spellings in one file.
    expect(
      await run('producers', producers, [row('Lan 1'), row('Lân 1'), row('lan-1'), row('1-11'), row('11-1')]),
    ).toEqual(['new', 'new', 'repeated', 'new', 'new']);
    const papers = ['product', 'scheme', 'number', 'issuer', 'issued_on'];
    const paper = (number: string): string[] => [productA1, 'haccp', number, 'Cục', '2026-01-01'];
    expect(await run('certificates', papers, [paper('12/qđ-ubnd')])).toEqual(['same']);
    expect(await run('certificates', papers, [paper('12/QD-UBND')])).toEqual(['ambiguous']);
  });
});

describe('names of stamps, templates and printers', () => {
  test('a batch is found by its letters as they are read, a roll by a code in any case', async () => {
    const made = await api.as('officeA').post('/batches', { producerId: CAST.producerA1, quantity: 20 });
    const batchId = idOf(made);
    const typed = `${batchId.slice(0, 3).toLowerCase()}-${batchId.slice(3).replaceAll('0', 'o').replaceAll('1', 'l')}`;
    const found = await searchRecallable(api.actor('officeA'), { text: typed }, api.ctx);
    expect(found.ok && found.value.batches.map(({ id }) => id)).toEqual([batchId]);
    expect(await findRoll(api.actor('producerA1'), { first: '1', last: '20', batchId }, api.ctx)).toMatchObject({
      ok: true,
    });
  });

  test('a template and a printer are named in any case, with spaces for dashes', async () => {
    const own = api.as('producerA1');
    await own.put('/printers/may-in', null, { name: 'Máy in' });
    const batch = await own.post('/batches', { productId: productA1, lot: 'IN-1', ...days, quantity: 65 });
    for (const [template, printer] of [
      ['a4-65', 'may-in'],
      ['A4-65', 'MAY-IN'],
      ['a4 65', 'may in'],
    ]) {
      const query = new URLSearchParams({ template: template ?? '', printer: printer ?? '' }).toString();
      const sheet = await own.get(`/batches/${idOf(batch)}/sheet.pdf?${query}`);
      // The same parameters are no reprint, so no reason is asked for.
      expect([template, sheet.status]).toEqual([template, 200]);
    }
  });
});
