import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { INDEXES, type IndexSpec } from '../../../server/store/mongo/indexes.ts';
import { MIGRATIONS, STEP_INDEXES } from '../../../server/store/mongo/migrations.ts';

const FOLDER = new URL('../../../server/store/mongo/migrations/', import.meta.url);

/** SHA-256 of each released file. Add a line for a new one; never change an existing line. */
const RELEASED = [
  ['01-indexes.json', '4157bf507f3fd5848b8e3d64ba6e3babc74e16c77f56ad0833e34aee6144b340'],
  ['02-rounds.json', 'f8adf2f2a9a19318ce0269e41599750b926c9e75480a0f21bf6234b59f5d2eba'],
  ['03-stamp-reports.json', '8bd98e713f8abbb7a043dbf0e9e9a137d68e0b706fc18cdeb6b9de8d5a2326de'],
  ['04-words.json', 'adc8636db82f4b2963a0b14c35399b6ccde24920b4207b3d145528796baa2b85'],
];

/** Names of the released steps, in order. Add a line for a new one; never change an existing line. */
const STEPS = [
  'indexes of records, scans and the audit chain',
  'every row carries a seal',
  'what retention deleted is counted',
  'indexes of rounds, looks and signing keys',
  'indexes of reports of stamps that are not ours',
  'records are found by their words',
];

describe('migrations of MongoDB', () => {
  test('that were released are frozen to the byte', () => {
    const hashes = RELEASED.map(([name = '']) => [
      name,
      createHash('sha256')
        .update(readFileSync(new URL(name, FOLDER)))
        .digest('hex'),
    ]);
    expect(hashes).toEqual(RELEASED);
  });

  test('all have a hash here, and a step that reads them', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(RELEASED.map(([name]) => name));
    expect(Object.keys(STEP_INDEXES).map((name) => `${name}.json`)).toEqual(RELEASED.map(([name]) => name));
  });

  test('keep their order', () => {
    expect(MIGRATIONS.map(({ name }) => name)).toEqual(STEPS);
  });

  test('make the indexes of the table, all of them together', () => {
    const made: Record<string, unknown[]> = {};
    for (const step of Object.values(STEP_INDEXES))
      for (const [collection, specs] of Object.entries(step))
        made[collection] = [...(made[collection] ?? []), ...specs];
    const table = Object.entries(INDEXES).map(([name, specs]) => [name, specs.map(withoutReason)]);
    const inOrder = (all: Record<string, unknown[]>): unknown =>
      Object.fromEntries(
        Object.entries(all).map(([name, specs]) => [name, specs.map((spec) => JSON.stringify(spec)).sort()]),
      );
    expect(inOrder(made)).toEqual(inOrder(Object.fromEntries(table)));
  });
});

function withoutReason(spec: IndexSpec): Omit<IndexSpec, 'serves'> {
  const { name, key, unique, sparse } = spec;
  return { name, key, ...(unique === undefined ? {} : { unique }), ...(sparse === undefined ? {} : { sparse }) };
}
