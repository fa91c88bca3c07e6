// One answer to "in force on this day": the stamp's page, the print, the list of lapsing certificates and the report
// agree whatever certificates a product has, and a certificate shows nowhere before its day of issue.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, daysBetween } from '../../../server/domain/calendar.ts';
import { registryCounts } from '../../../server/domain/programme/counts.ts';
import { lapsesOn } from '../../../server/domain/programme/lapsing.ts';
import {
  certificateState,
  inForce,
  lastDayInForce,
  publicRatingOf,
  ratingOf,
  type Certificate,
} from '../../../server/domain/registry/certificate.ts';
import { aCertificate } from '../records.ts';

const FIRST = '2026-01-01';
const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays(FIRST, days));
const paper = fc
  .record({
    issuedOn: day,
    term: fc.integer({ min: 0, max: 200 }),
    extended: fc.option(fc.integer({ min: 1, max: 180 })),
    revoked: fc.option(fc.integer({ min: 0, max: 300 })),
    stars: fc.constantFrom(3 as const, 4 as const, 5 as const),
  })
  .map(({ issuedOn, term, extended, revoked, stars }) => {
    const expiresOn = addDays(issuedOn, term);
    return {
      issuedOn,
      expiresOn,
      stars,
      extension: extended === null ? null : { to: addDays(expiresOn, extended), evidence: 'x' },
      revocation: revoked === null ? null : { on: addDays(issuedOn, revoked), reason: 'x' },
    };
  });
const papers = fc
  .array(paper, { maxLength: 5 })
  .map((all) => all.map((one, i) => aCertificate({ ...one, id: `c${i}`, number: `n${i}` })));

function countedStars(certificates: Certificate[], on: string): number | null {
  const nothing = { evaluations: [], supports: [], candidates: [], batches: [] };
  const facts = { certificates, ...nothing, groupOf: () => 'food' as const };
  const { byStars } = registryCounts(facts, Number(on.slice(0, 4)), on);
  return ([3, 4, 5] as const).find((stars) => byStars[stars] === 1) ?? null;
}

describe('in force on a day', () => {
  test('page, print, worklist and report agree on every day, whatever certificates there are', () => {
    fc.assert(
      fc.property(papers, day, (certificates, on) => {
        const rests = ratingOf(certificates, 'product', on);
        const stars = rests !== null && inForce(rests, on) ? rests.stars : null;
        const shown = publicRatingOf(certificates, 'product', on, null);
        const [lapse, ...more] = lapsesOn(certificates, on);
        expect(more).toEqual([]);
        expect(lapse?.certificate.id).toBe(rests?.id);
        expect(shown?.certificate).toBe(rests?.number);
        expect(lapse === undefined ? false : lapse.daysLeft >= 0).toBe(stars !== null);
        expect(shown !== null && (shown.state === 'valid' || shown.state === 'extended')).toBe(stars !== null);
        expect(countedStars(certificates, on)).toBe(stars);
        expect(shown?.expiresOn).toBe(lapse?.lastDay);
      }),
      { numRuns: 500 },
    );
  });

  test('a certificate is in force on the days from its issue to its last day in force, and on no other', () => {
    fc.assert(
      fc.property(papers, day, (certificates, on) => {
        for (const one of certificates) {
          const last = lastDayInForce(one) ?? '';
          expect(inForce(one, on)).toBe(on >= one.issuedOn && daysBetween(on, last) >= 0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('before its day of issue it is upcoming, also where it was revoked since', () => {
    const one = aCertificate({ issuedOn: '2026-12-01', expiresOn: '2029-11-30' });
    expect(certificateState(one, '2026-11-30')).toBe('upcoming');
    expect(certificateState(one, '2026-12-01')).toBe('valid');
    expect(publicRatingOf([one], 'product', '2026-11-30', '2026-12-05')).toBeNull();
  });

  test('one that is revoked from a day to come is in force until the day before, and says so', () => {
    const one = aCertificate({
      issuedOn: '2025-12-01',
      expiresOn: '2028-11-30',
      revocation: { on: '2026-12-10', reason: 'x' },
    });
    expect(publicRatingOf([one], 'product', '2026-12-09', null)).toMatchObject({
      state: 'valid',
      expiresOn: '2026-12-09',
    });
    expect(publicRatingOf([one], 'product', '2026-12-10', null)).toMatchObject({ state: 'revoked' });
  });

  test('an older certificate keeps its own term where a newer one is revoked', () => {
    const older = aCertificate({
      id: 'older',
      number: 'older',
      stars: 3,
      issuedOn: '2025-01-01',
      expiresOn: '2027-12-31',
    });
    const newer = aCertificate({
      id: 'newer',
      number: 'newer',
      stars: 4,
      issuedOn: '2026-06-01',
      expiresOn: '2029-05-31',
      revocation: { on: '2026-10-01', reason: 'x' },
    });
    const on = (today: string): unknown => lapsesOn([older, newer], today).map(({ certificate }) => certificate.id);
    expect([on('2026-09-30'), on('2026-10-01')]).toEqual([['newer'], ['older']]);
    expect(publicRatingOf([older, newer], 'product', '2026-10-01', null)).toMatchObject({ stars: 3, state: 'valid' });
  });

  test('nobody but certificate.ts compares the days of a certificate', () => {
    const compares = /(?:extension\??\.to|revocation\??\.on)\s*[<>]|[<>]=?\s*\w+\.(?:extension|revocation)\??\./;
    const files = readdirSync('server', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const found = files
      .filter((name) => !name.endsWith('registry/certificate.ts'))
      .filter((name) => compares.test(readFileSync(`server/${name}`, 'utf8')));
    expect(found).toEqual([]);
  });
});
