// The schema, as numbered steps. A released step is frozen: the indexes that it makes lie in migrations/ as they were
// released, and a change is another step at the end of the list. Tests hold each file to its hash, and all steps
// together to the table of indexes (indexes.ts).

import { readFileSync } from 'node:fs';
import { countForgotten } from './forget-scans.ts';
import { makeIndexes, type IndexTable } from './indexes.ts';
import { ScanCarrier } from './scan-carrier.ts';
import { mendWords } from './words.ts';
import { sealDatabase, type Sealing } from './seal-store.ts';

interface Migration {
  name: string;
  run: (sealing: Sealing) => Promise<void>;
}

/** The indexes of each step, by the name of its file in migrations/. */
export const STEP_INDEXES: Readonly<Record<'01-indexes' | '02-rounds' | '03-stamp-reports' | '04-words', IndexTable>> =
  {
    '01-indexes': readIndexes('01-indexes'),
    '02-rounds': readIndexes('02-rounds'),
    '03-stamp-reports': readIndexes('03-stamp-reports'),
    '04-words': readIndexes('04-words'),
  };

/** Each step may run twice, and on several servers at once. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'indexes of records, scans and the audit chain',
    run: ({ db }) => makeIndexes(db, STEP_INDEXES['01-indexes']),
  },
  {
    name: 'every row carries a seal',
    async run(sealing) {
      // Databases of the first step may come from a build with fewer indexes.
      await makeIndexes(sealing.db, STEP_INDEXES['01-indexes']);
      await sealDatabase(sealing);
    },
  },
  {
    name: 'what retention deleted is counted',
    async run({ db, seals }) {
      await new ScanCarrier({ db }, seals.batchTally).sweep();
      await countForgotten(db, seals.forgotten);
    },
  },
  {
    name: 'indexes of rounds, looks and signing keys',
    async run({ db }) {
      await makeIndexes(db, STEP_INDEXES['02-rounds']);
      // Inspections of before have no copy of the field that they are found by since.
      const before = { 'fields.roundId': { $exists: false } };
      await db.collection('inspections').updateMany(before, { $set: { 'fields.roundId': null } });
    },
  },
  {
    name: 'indexes of reports of stamps that are not ours',
    run: ({ db }) => makeIndexes(db, STEP_INDEXES['03-stamp-reports']),
  },
  {
    name: 'records are found by their words',
    async run({ db }) {
      await makeIndexes(db, STEP_INDEXES['04-words']);
      await mendWords(db);
    },
  },
];

export const SCHEMA_VERSION = MIGRATIONS.length;

/** The first schema in which every row carries a seal. */
export const SEALED_SCHEMA = 2;

function readIndexes(name: string): IndexTable {
  return JSON.parse(readFileSync(new URL(`./migrations/${name}.json`, import.meta.url), 'utf8')) as IndexTable;
}
