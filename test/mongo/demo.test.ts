// Makes the demo twice with the same randomness and the same time: on a file and on MongoDB. Every record, line and
// answer of the two stores is the same.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createCipheriv } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { makeDemo, type DemoRecord } from '../../scripts/demo/make-demo.ts';
import { TEMPLATE_FOLDER } from '../../scripts/admin/open-store.ts';
import { readConfig, type Config } from '../../server/config.ts';
import { openMasterKey } from '../../server/master-key.ts';
import { openWorkshop, type Workshop } from '../../server/service.ts';
import { COLLECTION_NAMES } from '../../server/store/collections.ts';
import type { Page, PageRequest } from '../../server/store/store.ts';
import { allPages } from '../contract/pages-contract.ts';
import { makeDataDir } from '../fixtures/programs.ts';
import { dropDatabase, newDatabase } from './databases.ts';

jest.setTimeout(120_000);

const NOW = new Date('2026-11-24T08:00:00Z');
const ORIGIN = 'http://localhost:3000';
/**
 * Argon2 draws its own salt. The rows of an import are applied in parallel, so which of them gets which id depends on
 * the machine.
 */
const DRAWN = new Set(['passwordHash', 'id', 'evaluationId']);
const log = pino({ level: 'silent' });

const folder = makeDataDir();
const url = newDatabase();

interface Made {
  record: DemoRecord;
  workshop: Workshop;
}
let onFile: Made;
let onMongo: Made;

beforeAll(async () => {
  onFile = await make('on-file', null);
  onMongo = await make('on-mongo', url);
});
afterAll(async () => {
  for (const { workshop } of [onFile, onMongo]) await workshop.close();
  await dropDatabase(url);
  folder.remove();
});

async function make(name: string, databaseUrl: string | null): Promise<Made> {
  const dataDir = join(folder.path, name);
  mkdirSync(dataDir, { mode: 0o700 });
  const config: Config = readConfig(
    {
      DATA_DIR: dataDir,
      PUBLIC_ORIGIN: ORIGIN,
      MASTER_KEY_FILE: join(dataDir, 'master.key'),
      ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
    },
    () => '',
  );
  const random = seeded();
  openMasterKey(config.masterKeyFile, true, random);
  const record = await makeDemo(config, log, NOW, random);
  const workshop = await openWorkshop(config, {
    log,
    now: () => NOW,
    random,
    version: 'test',
    templateFolder: TEMPLATE_FOLDER,
  });
  return { record, workshop };
}

/** The same bytes each time: AES in counter mode under a fixed key. */
function seeded(): (bytes: number) => Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', Buffer.alloc(32, 5), Buffer.alloc(16));
  return (bytes) => new Uint8Array(cipher.update(Buffer.alloc(bytes)));
}

async function onBoth<T>(ask: (made: Made) => Promise<T>): Promise<[T, T]> {
  return [await ask(onFile), await ask(onMongo)];
}

describe('on MongoDB as on a file', () => {
  test('the samples are the same codes', () => {
    expect(onMongo.record.samples).toEqual(onFile.record.samples);
  });

  test.each(COLLECTION_NAMES)('%s hold the same records, field by field', async (name) => {
    const [file, mongo] = await onBoth(async ({ workshop }) => {
      const list = (page: PageRequest): Promise<Page<unknown>> => workshop.store[name].list({}, page);
      const records = await allPages(list, 100);
      return records
        .map((record) => JSON.stringify(record, (key, value: unknown) => (DRAWN.has(key) ? null : value)))
        .sort();
    });
    expect(mongo).toEqual(file);
  });

  test('the audit chain has the same lines: who did what to what kind of thing, and when', async () => {
    const [file, mongo] = await onBoth(async ({ workshop }) => workshop.store.audit.read(1, 10_000));
    expect(file.length).toBeGreaterThan(100);
    const of = (lines: typeof file): string[] =>
      lines
        .map(({ at, actor, officeId, entity, action }) =>
          JSON.stringify([at, actor, officeId, entity.split(':')[0], action]),
        )
        .sort();
    expect(of(mongo)).toEqual(of(file));
  });

  test('counts of every batch agree: tallies, scans by day, province and verdict, odd stamps, refusals', async () => {
    const [file, mongo] = await onBoth(async ({ record, workshop: { store } }) => {
      const counts: unknown[] = [
        await store.scans.refusals({ from: '2026-01-01', to: '2026-12-31' }, ['malformed', 'not-ours'], 100),
        (await store.scans.possibleCases({ limit: 200, after: null })).items,
      ];
      for (const { id, quantity } of record.batches) {
        const range = { batchId: id, from: null, to: null };
        counts.push(id, await store.scans.batchTallyOf(id), await store.scans.stampsScanned(id, 1, quantity));
        for (const by of ['day', 'province', 'verdict'] as const)
          counts.push(await store.scans.count(range, by, 'Asia/Ho_Chi_Minh'));
        for (const serial of [1, 2, 17, quantity]) counts.push(await store.scans.tallyOf(id, serial));
      }
      return counts;
    });
    expect(mongo).toEqual(file);
  });

  test('stamps of every batch answer alike, in both languages, to people and to programs, and so do strangers’ codes', async () => {
    const [file, mongo] = await onBoth(async ({ record, workshop: { answerScan } }) => {
      const answers: unknown[] = [];
      for (const code of [
        ...codesOf(onFile.record),
        ...Object.values(record.samples),
        '7K3M9Q-00001V-515K52',
        'NOT-A-CODE',
      ]) {
        for (const [accept, lang] of [
          ['application/json', 'vi'],
          ['text/html', 'vi'],
          ['text/html', 'en'],
        ] as const) {
          const headers = { accept, 'accept-language': lang };
          const { status, body } = await answerScan({
            method: 'GET',
            path: `/t/${code}`,
            headers,
            address: '192.0.2.7',
            fromTrustedProxy: false,
          });
          answers.push([code, accept, lang, status, Buffer.from(body).toString('utf8')]);
        }
      }
      return answers;
    });
    expect(mongo).toEqual(file);
  });
});

/** The first, middle and last code of each batch, from the list printed with it. */
function codesOf(record: DemoRecord): string[] {
  return record.batches.flatMap(({ codes, quantity }) => {
    const rows = readFileSync(codes, 'utf8')
      .split('\n')
      .slice(1, quantity + 1);
    return [0, Math.floor(quantity / 2), quantity - 1].map((at) => rows[at]?.split(',')[1] ?? '');
  });
}
