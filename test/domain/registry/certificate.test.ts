// Evaluations, certificates and the public part of a rating: both sides of every boundary.

import { describe, expect, test } from '@jest/globals';
import { addDays, addMonths } from '../../../server/domain/calendar.ts';
import {
  certificateFaults,
  certificateState,
  daysLeft,
  inForce,
  lastDayInForce,
  ocopExpiry,
  publicRatingOf,
  ratingOf,
} from '../../../server/domain/registry/certificate.ts';
import { bandOf, scoreHundredthsOf, starsOf, type Stars } from '../../../server/domain/registry/evaluation.ts';
import { aCertificate } from '../records.ts';

describe('stars', () => {
  test.each([
    [0, 1],
    [2_999, 1],
    [3_000, 2],
    [4_999, 2],
    [5_000, 3],
    [6_999, 3],
    [7_000, 4],
    [8_999, 4],
    [9_000, 5],
    [10_000, 5],
  ])('%i hundredths lie in the band of %i', (score, stars) => expect(bandOf(score)).toBe(stars));

  test.each([-1, 10_001, 6_999.5, Number.NaN])('%p is no score', (score) =>
    expect(() => bandOf(score)).toThrow(RangeError),
  );

  test('are the lesser of the band and the highest star whose minimum criteria hold', () => {
    for (const minimum of [1, 2, 3, 4, 5] as Stars[]) {
      for (const [score, band] of [
        [2_000, 1],
        [4_000, 2],
        [6_000, 3],
        [8_000, 4],
        [9_500, 5],
      ] as const) {
        expect(starsOf(score, minimum)).toBe(Math.min(band, minimum));
      }
    }
  });

  test.each([
    [69.96, 6_996],
    [69.99, 6_999],
    [70, 7_000],
    [0, 0],
    [100, 10_000],
    [0.07, 7],
    [57.3, 5_730],
    [8.29, 829],
    [69.996, null],
    [69.995, null],
    [100.01, null],
    [-0.01, null],
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, null],
  ])('%p points are %p hundredths: never rounded up', (points, hundredths) =>
    expect(scoreHundredthsOf(points)).toBe(hundredths),
  );

  test('every score of two decimals is read exactly', () => {
    for (let hundredths = 0; hundredths <= 10_000; hundredths += 1)
      expect(scoreHundredthsOf(Number((hundredths / 100).toFixed(2)))).toBe(hundredths);
  });
});

describe('36 months of an OCOP certificate', () => {
  test.each([
    ['2025-01-15', '2028-01-14'],
    ['2024-06-15', '2027-06-14'],
    ['2025-01-01', '2027-12-31'],
    ['2023-08-31', '2026-08-30'],
    ['2023-03-01', '2026-02-28'],
    ['2021-03-01', '2024-02-29'], // the day before is a leap day
    ['2024-02-28', '2027-02-27'],
    ['2024-02-29', '2027-02-27'], // 2027 lacks the 29th: its date is the month's last, the 28th
    ['2024-03-01', '2027-02-28'],
  ])('issued on %s end with %s', (issued, last) => expect(ocopExpiry(issued)).toBe(last));

  test('are never fewer for a later issue, and a day longer would be the same date', () => {
    for (let day = '2023-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      expect(ocopExpiry(addDays(day, 1)) >= ocopExpiry(day)).toBe(true);
      expect(addDays(ocopExpiry(day), 1)).toBe(addMonths(day, 36));
    }
  });
});

describe('the state of a certificate', () => {
  const plain = aCertificate({ issuedOn: '2023-11-25', expiresOn: '2026-11-24' });
  const extended = { ...plain, extension: { to: '2027-01-31', evidence: 'QĐ 12' } };
  const revocation = { on: '2026-06-01', reason: 'dùng sai nhãn hiệu' };

  test.each([
    ['the day before issue: not yet in force', plain, '2023-11-24', 'upcoming', false],
    ['the day of issue', plain, '2023-11-25', 'valid', true],
    ['the last day', plain, '2026-11-24', 'valid', true],
    ['the day after the last', plain, '2026-11-25', 'expired', false],
    ['the last day before an extension is needed', extended, '2026-11-24', 'valid', true],
    ['the first day of the extension', extended, '2026-11-25', 'extended', true],
    ['the last day of the extension', extended, '2027-01-31', 'extended', true],
    ['the day after the extension', extended, '2027-02-01', 'expired', false],
    ['the day before the revocation', { ...extended, revocation }, '2026-05-31', 'valid', true],
    ['the day of the revocation', { ...extended, revocation }, '2026-06-01', 'revoked', false],
    ['long after the revocation', { ...extended, revocation }, '2030-01-01', 'revoked', false],
    ['any day, where there is no end', { ...plain, expiresOn: null }, '2999-12-31', 'valid', true],
  ] as const)('%s', (_, certificate, day, state, force) => {
    expect([certificateState(certificate, day), inForce(certificate, day)]).toEqual([state, force]);
  });

  test.each([
    ['its end', plain, '2026-11-24'],
    ['its extension', extended, '2027-01-31'],
    ['the day before its revocation', { ...extended, revocation }, '2026-05-31'],
    ['its end, when revoked later', { ...plain, revocation: { on: '2027-06-01', reason: '' } }, '2026-11-24'],
    ['none', { ...plain, expiresOn: null }, null],
    ['the day before its revocation, without an end', { ...plain, expiresOn: null, revocation }, '2026-05-31'],
  ] as const)('the last day in force is %s', (_, certificate, day) => expect(lastDayInForce(certificate)).toBe(day));

  test('the days left run to 0 on the last day', () => {
    expect(['2026-08-26', '2026-11-24', '2026-11-25'].map((day) => daysLeft(plain, day))).toEqual([90, 0, -1]);
    expect(daysLeft({ ...plain, expiresOn: null }, '2026-11-24')).toBeNull();
  });
});

describe('the rules of a certificate', () => {
  const extendedTo = (to: string): object => ({ expiresOn: '2026-11-24', extension: { to, evidence: 'QĐ 12' } });

  test.each([
    ['three stars', { stars: 3 }, []],
    ['an old one, without its evaluation', { evaluationId: null, imported: true }, []],
    ['two stars', { stars: 2 }, ['stars too-few-stars']],
    ['no stars', { stars: null }, ['stars required']],
    ['no product', { productId: null }, ['productId required']],
    ['no end', { expiresOn: null }, ['expiresOn required']],
    [
      'another scheme, of a producer, without an end',
      { scheme: 'haccp', productId: null, stars: null, evaluationId: null, expiresOn: null },
      [],
    ],
    [
      'another scheme with stars of an evaluation',
      { scheme: 'vietgap' },
      ['stars not-for-scheme', 'evaluationId not-for-scheme'],
    ],
    ['an end on the day of issue', { expiresOn: '2025-01-15' }, []],
    ['an end before its issue', { expiresOn: '2025-01-14' }, ['expiresOn before-issue']],
    ['an extension to the day after its end', extendedTo('2026-11-25'), []],
    ['an extension of 180 days', extendedTo('2027-05-23'), []],
    ['an extension of 181 days', extendedTo('2027-05-24'), ['extendedTo extension-too-long']],
    ['an extension to its end', extendedTo('2026-11-24'), ['extendedTo not-after-end']],
    [
      'an extension of what has no end',
      { ...extendedTo('2026-11-25'), scheme: 'other', stars: null, evaluationId: null, expiresOn: null },
      ['extendedTo no-end-to-extend'],
    ],
    ['a revocation on the day of issue', { revocation: { on: '2025-01-15', reason: '' } }, []],
    ['a revocation before its issue', { revocation: { on: '2025-01-14', reason: '' } }, ['revokedOn before-issue']],
  ])('%s: %j gives %j', (_, part, faults) => {
    expect(certificateFaults(aCertificate(part as object)).map(({ field, code }) => `${field} ${code}`)).toEqual(
      faults,
    );
  });
});

describe('a rating', () => {
  const old = aCertificate({ id: 'old', number: 'OLD', stars: 3, issuedOn: '2022-01-01', expiresOn: '2024-12-31' });
  const now = aCertificate({ id: 'now', number: 'NOW', stars: 4, issuedOn: '2025-01-15', expiresOn: '2028-01-14' });
  const packed = (day: string | null, certificates = [old, now], today = '2026-11-24'): boolean | null | undefined =>
    publicRatingOf(certificates, 'product', today, day)?.inForceOnPacking;

  test('is of the certificate in force', () => {
    expect(publicRatingOf([old, now], 'product', '2026-11-24', null)).toEqual({
      scheme: 'ocop',
      stars: 4,
      certificate: 'NOW',
      issuer: 'UBND tỉnh',
      issuedOn: '2025-01-15',
      expiresOn: '2028-01-14',
      state: 'valid',
      inForceOnPacking: null,
    });
  });

  test('is of the last certificate, lapsed or revoked, where none is in force', () => {
    expect(publicRatingOf([old], 'product', '2025-01-01', null)).toMatchObject({
      certificate: 'OLD',
      state: 'expired',
    });
    expect(publicRatingOf([old, now], 'product', '2028-01-15', null)).toMatchObject({
      certificate: 'NOW',
      state: 'expired',
    });
    const revoked = { ...now, revocation: { on: '2026-01-01', reason: '' } };
    expect(publicRatingOf([old, revoked], 'product', '2026-01-01', '2025-12-31')).toMatchObject({
      state: 'revoked',
      inForceOnPacking: true,
    });
  });

  test('an older certificate in force goes before a newer one that was revoked', () => {
    const revoked = aCertificate({
      number: 'REVOKED',
      issuedOn: '2026-01-01',
      expiresOn: '2028-12-31',
      revocation: { on: '2026-02-01', reason: '' },
    });
    expect(ratingOf([revoked, now], 'product', '2026-11-24')?.number).toBe('NOW');
  });

  test('of two issued on one day is of the one recorded later', () => {
    const corrected = { ...now, id: 'corrected', createdAt: '2026-10-02T02:00:00.000Z' };
    expect([
      ratingOf([now, corrected], 'product', '2026-11-24')?.id,
      ratingOf([corrected, now], 'product', '2026-11-24')?.id,
    ]).toEqual(['corrected', 'corrected']);
  });

  test('is not told before the certificate is issued', () =>
    expect(publicRatingOf([now], 'product', '2025-01-14', null)).toBeNull());

  test('is none without a certificate of three stars or more of this very product', () => {
    const others = [
      aCertificate({ productId: 'another' }),
      aCertificate({ productId: null }),
      aCertificate({ scheme: 'vietgap' }),
      aCertificate({ stars: 2 }),
    ];
    expect(ratingOf(others, 'product', '2026-11-24')).toBeNull();
    expect(publicRatingOf(others, 'product', '2026-11-24', null)).toBeNull();
  });

  test('states the end of an extension', () => {
    const extended = aCertificate({ expiresOn: '2026-10-31', extension: { to: '2027-01-31', evidence: 'QĐ 12' } });
    expect(publicRatingOf([extended], 'product', '2026-11-24', null)).toMatchObject({
      state: 'extended',
      expiresOn: '2027-01-31',
    });
  });

  test('was in force on the packing day or not, from the first day to the last', () => {
    expect(['2025-01-14', '2025-01-15', '2028-01-14'].map((day) => packed(day))).toEqual([false, true, true]);
  });

  test('a packing day under fewer stars is not one under these', () => expect(packed('2024-06-01')).toBe(false));

  test('a packing day under the same stars of an earlier certificate is', () => {
    expect(packed('2024-06-01', [{ ...old, stars: 4 }, now])).toBe(true);
  });

  test('lapsed today, it can have been in force when the goods were packed', () => {
    expect(publicRatingOf([old], 'product', '2026-11-24', '2024-12-31')).toMatchObject({
      state: 'expired',
      inForceOnPacking: true,
    });
  });
});
