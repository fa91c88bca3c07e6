// Numbers as people type them, in every form: a dot separates thousands or is a fault; it is never ignored.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findRoll } from '../../../server/actions/batches/find-roll.ts';
import { phone } from '../../../server/actions/kit/fields.ts';
import { countCell } from '../../../server/actions/import/registry-cells.ts';
import { parseSerialList } from '../../../server/domain/batches/serial-list.ts';
import { readWholeNumber } from '../../../server/domain/whole-number.ts';
import { sentMeasure } from '../../../server/web/console/console-route.ts';
import { CAST } from '../../fixtures/api.ts';
import { castVisitor, testConsole } from '../../fixtures/console.ts';
import { idIn } from '../../fixtures/print-desk.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');

async function rollId(quantity: string): Promise<string> {
  const fields = { kind: 'blank', producerId: CAST.producerA1, quantity, note: '' };
  return idIn((await office.fill('/console/rolls/new', { fields })).location);
}

describe('a typed whole number', () => {
  test.each([
    ['15', 15],
    ['1.500', 1_500],
    ['1 500', 1_500],
    ['1\u{A0}500', 1_500],
    ['1,500', 1_500],
    ['16.777.216', 16_777_216],
    ['1.5', null],
    ['1.50', null],
    ['1.5000', null],
    ['0.500', null],
    ['1.500,5', null],
    ['1.000,500', null],
    ['1e3', null],
    ['-5', null],
    ['', null],
  ])('%s reads as %p', (text, number) => expect(readWholeNumber(text)).toBe(number));

  test.each([
    ['1.5', null],
    ['1.5-20', null],
    ['10-1.5', null],
    ['1.200-1.300', [{ from: 1_200, to: 1_300 }]],
    [
      '1 200 - 1 300; 7',
      [
        { from: 7, to: 7 },
        { from: 1_200, to: 1_300 },
      ],
    ],
    ['1,200', null],
    ['123456789', null],
  ])('serials %s read as %p', (text, ranges) => expect(parseSerialList(text)).toEqual(ranges));

  test('a cell of an import: a comma begins a fraction, and a fraction is no count', () => {
    expect([countCell('1.200'), countCell('1.5'), countCell('1,200'), countCell('')]).toEqual([
      1_200,
      '1.5',
      '1,200',
      undefined,
    ]);
  });

  test('a measure takes comma or point; three digits after a point may be thousands and are no number', () => {
    const read = (value: string): unknown => sentMeasure({ fields: { x: [value] }, files: {} }, 'x');
    expect([read('0,5'), read('-0.5'), read('66.65'), read('1.500')]).toEqual([0.5, -0.5, 66.65, '1.500']);
  });
});

describe('1.5 is not 15', () => {
  test('in the list of stamps to void or to show', async () => {
    const id = await rollId('100');
    const at = `/console/batches/${id}`;
    for (const [action, fields] of [
      [`${at}/void`, { serials: '1.5', reason: 'lost' }],
      [`${at}/display`, { displaySerials: '1.5' }],
    ] as const)
      expect((await office.fill(at, { action, fields })).status).toBe(422);
    expect(await api.store.batches.get(id)).toMatchObject({ voids: [], displays: [] });
  });

  test('in the first and last stamp of a roll, nor in the confirmation that follows', async () => {
    const id = await rollId('3.000');
    const found = async (first: string, last: string): Promise<unknown> =>
      findRoll(api.actor('producerA1'), { first, last, batchId: id }, api.ctx);
    expect(await found('1.5', '20')).toMatchObject({ ok: false, problem: { errors: [{ code: 'no-number' }] } });
    expect(await found('1', '2.000')).toMatchObject({ ok: true, value: { from: 1, to: 2_000 } });
    const fields = { productId: CAST.productA1, number: 'TYPED-1' };
    const lotId = idIn((await producer.fill('/console/lots/new', { fields })).location);
    for (const [from, to] of [
      ['1.5', '20'],
      ['1', '2.0'],
      ['', ''],
      ['1', ''],
    ]) {
      const said = await producer.send('/console/activate/confirm', {
        batch: id,
        from: from ?? '',
        to: to ?? '',
        lotId,
      });
      expect([from, to, said.status]).toEqual([from, to, 422]);
    }
    expect(await api.store.batches.get(id)).toMatchObject({ activations: [] });
  });

  test('in the length of a roll, a lot’s output, an allowance and the first place of a sheet', async () => {
    const roll = { kind: 'blank', producerId: CAST.producerA1, quantity: '1.5', note: '' };
    expect((await office.fill('/console/rolls/new', { fields: roll })).status).toBe(422);
    const lot = { productId: CAST.productA1, number: 'TYPED-2', declaredQuantity: '1.5' };
    expect((await producer.fill('/console/lots/new', { fields: lot })).status).toBe(422);
    const allowance = { expectedOutput: '1.5', stamps: '1.5' };
    expect((await office.fill(`/console/products/${CAST.productA1}/allowance`, { fields: allowance })).status).toBe(
      422,
    );
  });

  test('no page of the console makes a number of what was typed but through typed-count.ts and sentMeasure', () => {
    const loose = /\bNumber\((?:sent\(|call\.form|call\.query)|parse(?:Int|Float)\(/;
    const files = readdirSync('server/web/console', { recursive: true, encoding: 'utf8' });
    const found = files.filter(
      (name) => name.endsWith('.ts') && loose.test(readFileSync(`server/web/console/${name}`, 'utf8')),
    );
    // A field that selects a column of a file is a choice, not a typed number.
    expect(found).toEqual(['import/place.ts']);
  });
});

describe('a telephone number', () => {
  test.each([
    '(024) 3825 1234',
    '+84 (24) 3825 1234',
    '(+84) 912 345 678',
    '0912 345 678',
    '0218.3.852.123',
    '1900 6769',
    '84-912-345-678',
  ])('%s is one', (text) => expect(phone.safeParse(text).success).toBe(true));

  test.each(['(024 3825 1234', '024) 3825 1234', '12345', '0912345678901234', 'gọi anh Tám', '()', '0912 345 678 Lan'])(
    '%s is none',
    (text) => expect(phone.safeParse(text).success).toBe(false),
  );
});
