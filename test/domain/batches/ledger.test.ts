import { describe, expect, test } from '@jest/globals';
import { ledgerOf, liveStamps, type CountedBatch, type LedgerFacts } from '../../../server/domain/batches/ledger.ts';
import { nextLotNumber } from '../../../server/domain/lots/lot-number.ts';
import { aBatch, aLot } from '../../fixtures/records/batches.ts';
import { LOT_ID, MADE_AT, PRODUCER_ID, PRODUCT_ID } from '../../fixtures/records/cast.ts';
import { anAllowance, aProduct } from '../../fixtures/records/registry.ts';

function counted(fields: Parameters<typeof aBatch>[0] = {}, scans: Partial<CountedBatch> = {}): CountedBatch {
  return { batch: aBatch(fields), scanned: 0, scannedByLot: new Map(), scannedSinceVoid: null, ...scans };
}

function facts(fields: Partial<LedgerFacts> = {}): LedgerFacts {
  return {
    producerId: PRODUCER_ID,
    year: 2026,
    products: [aProduct()],
    allowances: [],
    lots: [aLot()],
    earlierLots: [],
    batches: [],
    others: [],
    ...fields,
  };
}

const at = MADE_AT;
const by = 'user-1';
const whole = [{ from: 1, to: 1_000 }];

describe('ledgerOf', () => {
  test('a batch of goods stands under its lot and product, counted by all that happened to it', () => {
    const voids = [{ from: 5, to: 9, reason: 'spoiled' as const, note: null, at, by }];
    const ledger = ledgerOf(
      facts({ batches: [counted({ printed: whole, voids }, { scanned: 40, scannedByLot: new Map([[LOT_ID, 40]]) })] }),
    );
    const sums = { given: 1_000, printed: 1_000, activated: 1_000, voided: 5, scanned: 40 };
    expect(ledger.totals).toEqual({ ...sums, inHand: 0 });
    expect(ledger.lots).toEqual([
      {
        lotId: LOT_ID,
        number: 'L2611-01',
        productId: PRODUCT_ID,
        declared: 1_000,
        ...sums,
        ofOtherYears: 0,
        oddities: [],
      },
    ]);
    expect(ledger.products[0]).toMatchObject({ ...sums, declared: 1_000, allowance: null, oddities: [] });
  });

  test('a roll counts under each lot with what was activated for it; the rest is in hand', () => {
    const activations = [
      { from: 1, to: 300, lotId: LOT_ID, at, by },
      { from: 301, to: 400, lotId: 'lot-2', at, by },
    ];
    const roll = {
      id: 'ROLLAA',
      kind: 'blank' as const,
      productId: null,
      lotId: null,
      activations,
      printed: whole,
      voids: [{ from: 291, to: 310, reason: 'lost' as const, note: null, at, by }],
    };
    const ledger = ledgerOf(
      facts({
        lots: [aLot(), aLot({ id: 'lot-2', number: 'L2' })],
        batches: [
          counted(roll, {
            scanned: 7,
            scannedByLot: new Map([
              [LOT_ID, 4],
              ['lot-2', 3],
            ]),
          }),
        ],
      }),
    );
    expect(
      ledger.lots.map(({ given, printed, activated, voided, scanned }) => [given, printed, activated, voided, scanned]),
    ).toEqual([
      [300, 300, 300, 10, 4],
      [100, 100, 100, 10, 3],
    ]);
    expect(ledger.rolls).toEqual([
      {
        batchId: 'ROLLAA',
        issuedAt: MADE_AT,
        given: 1_000,
        printed: 1_000,
        activated: 400,
        voided: 20,
        scanned: 7,
        inHand: 600,
        oddities: [],
      },
    ]);
    expect(ledger.totals).toMatchObject({ given: 1_000, inHand: 600 });
    expect(ledger.products[0]).toMatchObject({ given: 400 });
  });

  test('a plaque counts under its product, always active, never in hand', () => {
    const ledger = ledgerOf(
      facts({
        lots: [],
        batches: [counted({ kind: 'plaque', lotId: null, quantity: 3, activations: [] }, { scanned: 2 })],
      }),
    );
    expect(ledger.products[0]).toMatchObject({ given: 3, activated: 3, scanned: 2, oddities: [] });
    expect(ledger.totals).toMatchObject({ given: 3, inHand: 0 });
  });

  test.each([
    [
      'more goods’ stamps than the allowance',
      facts({
        allowances: [anAllowance({ stamps: 999, expectedOutput: 5_000 })],
        batches: [counted({ printed: whole })],
      }),
      'products',
      { kind: 'beyond-allowance', stamps: 1_000, allowed: 999 },
    ],
    [
      'more output than expected',
      facts({
        allowances: [anAllowance({ stamps: 5_000, expectedOutput: 900 })],
        batches: [counted({ printed: whole })],
      }),
      'products',
      { kind: 'output-beyond-expected', declared: 1_000, expected: 900 },
    ],
    [
      'more stamps than the lot has units',
      facts({ lots: [aLot({ declaredQuantity: 990 })], batches: [counted({ printed: whole })] }),
      'lots',
      { kind: 'more-stamps-than-output', stamps: 1_000, declared: 990 },
    ],
    [
      'active stamps without a print',
      facts({ batches: [counted({ printed: [{ from: 1, to: 980 }] })] }),
      'lots',
      { kind: 'active-not-printed', stamps: 20 },
    ],
    [
      'scans of stamps that are not active',
      facts({
        batches: [
          counted(
            { printed: whole, activations: [{ from: 1, to: 10, lotId: LOT_ID, at, by }] },
            { scanned: 12, scannedByLot: new Map([[LOT_ID, 9]]) },
          ),
        ],
      }),
      'lots',
      { kind: 'scanned-not-active', stamps: 3 },
    ],
    [
      'a void stamp in the market',
      facts({
        batches: [
          counted({ printed: whole }, { scanned: 1, scannedByLot: new Map([[LOT_ID, 1]]), scannedSinceVoid: 7 }),
        ],
      }),
      'lots',
      { kind: 'void-scanned', batchId: aBatch().id, serial: 7 },
    ],
  ] as const)('%s is marked with its figures', (_, given, where, oddity) => {
    expect(ledgerOf(given)[where][0]?.oddities).toEqual([oddity]);
  });

  test('the very figures that are allowed, declared and expected are no oddity', () => {
    const ledger = ledgerOf(
      facts({
        allowances: [anAllowance({ stamps: 1_000, expectedOutput: 1_000 })],
        batches: [counted({ printed: whole })],
      }),
    );
    expect([...ledger.products, ...ledger.lots].flatMap(({ oddities }) => oddities)).toEqual([]);
  });

  test('an earlier year’s lot is listed for its stamps; its output belongs to its own year', () => {
    const ledger = ledgerOf(facts({ lots: [], earlierLots: [aLot()], batches: [counted({ printed: whole })] }));
    expect(ledger.lots).toHaveLength(1);
    expect(ledger.products[0]).toMatchObject({ given: 1_000, declared: null });
  });

  test('a void stamp stands for no goods', () => {
    expect(liveStamps(aBatch({ voids: [{ from: 1, to: 30, reason: 'lost', note: null, at, by }] }))).toBe(970);
    expect(liveStamps(aBatch(), 'another-lot')).toBe(0);
  });
});

test.each([
  ['CMT-2611-02', 'CMT-2611-03'],
  ['L9', 'L10'],
  ['L099', 'L100'],
  ['CAM', 'CAM-2'],
  ['20261124', '20261125'],
  ['A1234567890123456', 'A1234567890123456-2'],
  [`${'X'.repeat(39)}9`, `${'X'.repeat(39)}9`],
])('the lot after %s is %s', (number, next) => expect(nextLotNumber(number)).toBe(next));
