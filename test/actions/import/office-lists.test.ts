// Lists as offices keep them, imported by a person who accepts every default: uploaded, columns as guessed, tried,
// applied, and imported a second time. The files are in lists/; their names and numbers are invented.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { beginImport } from '../../../server/actions/import/keep-import.ts';
import { idOfReference } from '../../../server/actions/import/row-records.ts';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import type { Actor } from '../../../server/domain/people/account.ts';
import { CAST, type TestApi } from '../../fixtures/api.ts';
import { bringList, faultsIn, openSampleOffice } from '../../fixtures/bring-list.ts';

let api: TestApi;
let officer: Actor;
const LISTS = new URL('lists/', import.meta.url);

beforeAll(async () => {
  ({ api, officer } = await openSampleOffice());
});
afterAll(() => api.close());

async function brought(name: string): ReturnType<typeof bringList> {
  return bringList(api, officer, { name, bytes: await readFile(new URL(name, LISTS)) });
}

async function recordOf(collection: 'producers' | 'products', reference: string): Promise<Record<string, unknown>> {
  const kind = collection === 'producers' ? 'producer' : 'product';
  const found = await api.store[collection].get(idOfReference(CAST.officeA, kind, reference));
  return { ...found };
}

const KINDS = ['cooperative', 'household', 'company', 'group', 'cooperative', 'household'];

describe('a list of producers', () => {
  test.each([
    ['01-tieu-de-va-tong.xlsx', 'A', ['02180005510', '0990776511'], ['0999008551', '0999008600']],
    ['02-hai-dong-ten-cot.xlsx', 'B', ['02180005510', '0990776611'], ['0999008625', '0999008671']],
    ['03-sep-va-ngat-dong.csv', 'C', ['0218.000.5510', '0990.776.711'], [null, null]],
    ['04-trang-an-va-huong-dan.xlsx', 'D', ['02180005510', '0990776811'], [null, null]],
    ['10-bang-ma-1258.csv', 'G', ['02180005510', '0990777111'], [null, null]],
  ])('%s: six producers with their kinds, places and numbers', async (name, letter, phones, taxCodes) => {
    const { one, rows } = await brought(name);
    expect([one.kind, faultsIn(rows), one.counts]).toEqual([
      'producers',
      [],
      { new: 6, changed: 0, same: 0, decide: 0, wrong: 0 },
    ]);
    const records = await Promise.all([1, 2, 3, 4, 5, 6].map((at) => recordOf('producers', `${letter}${at}`)));
    expect(records.map(({ kind }) => kind)).toEqual(KINDS);
    expect(records.map(({ name: own }) => own)).toEqual([
      `HTX Sương Sớm ${letter}`,
      `Hộ kinh doanh Lường Văn Mẫu ${letter}`,
      `Công ty TNHH Cối Đá ${letter}`,
      `Tổ hợp tác Bếp Khói ${letter}`,
      `HTX Đồi Trăng ${letter}`,
      `Hộ kinh doanh Vì Thị Thử ${letter}`,
    ]);
    const digits = (text: unknown): string => String(text).replaceAll('.', '');
    expect(records.slice(0, 2).map(({ phone }) => digits(phone))).toEqual(phones.map(digits));
    expect([records[0]?.['taxCode'], records[5]?.['taxCode']]).toEqual(taxCodes);
    expect(records.map(({ address }) => address)).toEqual(
      ['Mường Sương', 'Cối Đá', 'Mường Sương', 'Cối Đá', 'Mường Sương', 'Cối Đá'].map((commune) => ({
        commune,
        province: 'Phú Thọ',
        detail: null,
      })),
    );
    expect((await brought(name)).one.counts).toEqual({ new: 0, changed: 0, same: 6, decide: 0, wrong: 0 });
  });

  test('what is none of it is named: title, total, signature, column numbers, section', async () => {
    const reasons = async (name: string): Promise<string[]> =>
      ((await brought(name)).one.leftOut ?? []).map(({ line, reason }) => `${line} ${reason}`);
    expect(await reasons('01-tieu-de-va-tong.xlsx')).toEqual(['1 above', '2 above', '11 total', '13 below']);
    expect(await reasons('02-hai-dong-ten-cot.xlsx')).toEqual(['1 above', '4 column-numbers', '5 section']);
  });

  test('without codes: told apart by name and place, addresses taken apart, a row without a name is wrong', async () => {
    const { one, rows } = await brought('06-khong-ma.csv');
    expect([faultsIn(rows), one.counts]).toEqual([
      ['7 name: required'],
      { new: 5, changed: 0, same: 0, decide: 0, wrong: 1 },
    ]);
    const addresses: unknown[] = [];
    for await (const producer of everyOf(api.store.producers, { officeId: CAST.officeA }))
      if (producer.name.endsWith(' F')) addresses.push(producer.address);
    expect(addresses).toHaveLength(5);
    expect(addresses).toContainEqual({ detail: 'Thôn 1', commune: 'Mường Sương', province: 'Phú Thọ' });
    expect((await brought('06-khong-ma.csv')).one.counts).toEqual({ new: 0, changed: 0, same: 5, decide: 0, wrong: 1 });
  });
});

describe('a list of products, results or certificates', () => {
  test('merged cells are filled, thousands read, groups and sets understood', async () => {
    const { one, rows } = await brought('05-o-gop.xlsx');
    expect([one.kind, faultsIn(rows), one.counts.new]).toEqual(['products', [], 4]);
    const [p01, p03] = [await recordOf('producers', 'P01'), await recordOf('producers', 'P03')];
    for (const [ref, producer, group, set, days] of [
      ['E1', p01, 'food', 7, 1000],
      ['E2', p01, 'drink', 17, 90],
      ['E3', p03, 'food', 8, 1095],
      ['E4', p03, 'food', 8, 730],
    ] as const)
      expect(await recordOf('products', ref)).toMatchObject({
        producerId: producer['id'],
        group,
        productSet: set,
        shelfLifeDays: days,
      });
  });

  test('results by the names of product and producer; a day that is none and a product that is none are wrong', async () => {
    const { one, rows } = await brought('07-ket-qua-theo-ten.xlsx');
    expect([one.kind, one.counts.new, faultsIn(rows)]).toEqual([
      'evaluations',
      3,
      ['7 held_on: custom', '8 product_name: unknown'],
    ]);
    for (const [ref, score, stars] of [
      ['S01', 6660, 3],
      ['S02', 7680, 4],
      ['S03', 5800, 3],
    ] as const) {
      const productId = idOfReference(CAST.officeA, 'product', ref);
      const made = await api.store.evaluations.findBy('productRound', [productId, '2026-2']);
      expect([ref, made?.heldOn, made?.scoreHundredths, made?.minimumStars]).toEqual([ref, '2026-06-15', score, stars]);
    }
  });

  test('days with the month first are never read the other way', async () => {
    const { rows } = await brought('08-ngay-thang-my.csv');
    expect(faultsIn(rows)).toEqual(['2 held_on: custom', '3 held_on: custom']);
  });

  test('certificates: number and day are those of the certificate, not of the decision; two stars are none', async () => {
    const { one, rows } = await brought('09-so-cap-giay.xlsx');
    expect([one.kind, one.counts.new, rows.map(({ outcome }) => outcome)]).toEqual([
      'certificates',
      2,
      ['new', 'new', 'wrong'],
    ]);
    for (const [number, stars] of [
      ['M01/2026/GCN', 4],
      ['M02/2026/GCN', 3],
    ] as const)
      expect(await api.store.certificates.findBy('number', [CAST.officeA, 'ocop', number])).toMatchObject({
        stars,
        issuedOn: '2026-07-05',
        expiresOn: '2029-07-04',
      });
  });
});

describe('a file of another kind, or hurt on its way', () => {
  test.each([
    ['header-commas.csv', ['HTX001']],
    ['sep-line.csv', ['HTX001']],
    ['hidden-first-sheet.xlsx', ['X013']],
    ['title-row.xlsx', ['X018']],
    ['ref-zero-width.csv', ['ZW01', 'ZW02', 'ZW03', 'ZW04']],
    ['phone-and-tax-as-numbers.xlsx', ['N01', 'N02', 'N03']],
  ])('%s is read', async (name, references) => {
    const { rows } = await brought(name);
    expect(faultsIn(rows)).toEqual([]);
    for (const reference of references) expect(await recordOf('producers', reference)).toHaveProperty('name');
  });

  test('numbers that lost their zero have it again; a personal number is no tax code', async () => {
    expect(await recordOf('producers', 'N01')).toMatchObject({ phone: '02183888001' });
    expect(await recordOf('producers', 'N02')).toMatchObject({ taxCode: '017090001234', phone: '0912345678' });
  });

  test('a locked workbook is said to be locked', async () => {
    const bytes = await readFile(new URL('locked.xlsx', LISTS));
    const begun = await beginImport(officer, { fileName: 'locked.xlsx', bytes }, api.ctx);
    expect(begun).toMatchObject({ ok: false, problem: { errors: [{ path: ['file'], code: 'locked' }] } });
  });
});
