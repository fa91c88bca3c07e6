import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { MIGRATIONS } from '../../server/store/sqlite/migrations.ts';

/** SHA-256 of each released migration. Add a line for a new one; never change an existing line. */
const RELEASED = [
  ['01-records-scans-audit-files', '1cc895cbc18a3e9efa6155cdeef642621a567add23534ef30911614c56c38089'],
  ['02-print-jobs', '1901a6d1ab37385649755f052d9789d8e3c4530cb0964541ab6c32be76c1b09f'],
  ['03-invitations-papers-imports', '332fdc71ef986b33721745477a78625f0f825bba9488668ad3f4e01df70ddd90'],
  ['04-programme', 'e8a6a9af2d35516d686f15015a9cad543c46c313a828695456b325d4e35c16fb'],
  ['05-cases', 'eb62998a5837316b8453a2f13be6d318ad4268b2e1429debcfc230380c8fa3b0'],
  ['06-shop-links', '9f721e5aa940a25bdad4191f8929e5ab75399fd60dc25f09f5f2f72fe0c6d49c'],
  ['07-own-templates', 'b290153e2760b98bb171304c2c0ffbdb8cf04cb6a0147e1d4073c2fc48455d80'],
  ['08-odd-stamps', 'd4aa4b3626e88a765d2c7b1d813ff8246578e2428c20b3a97c5423908b8bd1ac'],
  ['09-seals', '21a55b45ecb57ce5f1739370c801e3ba84aad7213c13744e52e907740f29f54b'],
  ['10-recount', '194226c9fece86eb143259c2fd0cc082d810fdeacad43c9bf137ce1407f7a66c'],
  ['11-sign', '1a841015571ceabd14d693fefa1c5daf3c4c98bd73a69b18d24e07cdb1863216'],
  ['12-signs', '3a6f607e8a35fde06d8ee7258fff9d382a6a2bc23f17ccb80355f46fcab677a7'],
  ['13-rounds', 'ca78ae06eea1d7211f7b45018c284c82264b9d186095d7475a474d95da309ec7'],
  ['14-stamp-reports', '8b1a5c493bbf079f70bbe3823580970ae33aee6f9c935064eccda9b9166caad9'],
  ['15-words', '7c39ac55ba55df6fb45e16ad3bde3f737d85cf5de0ce4333507e0191d7e8f11a'],
];

describe('migrations', () => {
  test('that were released are frozen to the byte', () => {
    const hashes = MIGRATIONS.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]);
    expect(hashes.slice(0, RELEASED.length)).toEqual(RELEASED);
  });

  test('all have a hash here', () => {
    expect(MIGRATIONS).toHaveLength(RELEASED.length);
  });

  test('run in the order of their names, and no file is left out', () => {
    const folder = new URL('../../server/store/sqlite/migrations/', import.meta.url);
    expect(MIGRATIONS.map(({ name }) => `${name}.sql`)).toEqual(readdirSync(folder).sort());
  });
});
