// Edits in the database as a phone and an API client see them: "cannot check now" or "not signed in", never another
// verdict. test/contract/hand-contract.ts tests every place of the store.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { openTestApi, CAST, type TestApi } from '../../fixtures/api.ts';
import { batchDesk } from '../../fixtures/api-batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';

type Row = Record<string, string>;

const WORDS = { reason: 'Có chì', advice: 'Không ăn' };

let api: TestApi;
let db: DatabaseSync;
let code: string;
/** Rows of batches from before stamps were made void. */
let oldBatches: Row[];
let nowMs = Date.parse(MADE_AT);

const rowsOf = (table: string): Row[] =>
  db.prepare(`select id, version, created_at, doc, mac from "${table}"`).all() as Row[];
function write(table: string, rows: readonly Row[]): void {
  db.exec(`begin immediate; delete from "${table}"`);
  const insert = db.prepare(`insert into "${table}" (id, version, created_at, doc, mac) values (?, ?, ?, ?, ?)`);
  for (const row of rows) insert.run(...Object.values(row));
  db.exec('commit');
}

beforeAll(async () => {
  api = await openTestApi();
  db = new DatabaseSync(api.databasePath, { timeout: 5_000 });
  const desk = batchDesk(api);
  const lotId = await desk.newLot();
  const batch = await desk.newBatch({ lotId, quantity: 10 });
  code = await desk.codeOf(batch.id, 1);
  oldBatches = rowsOf('batches');
  const stamps = { from: 1, to: 1, reason: 'stolen', note: null };
  const voided = await desk.office.post(`/batches/${batch.id}/voids`, stamps);
  const recall = { lotId, ...WORDS };
  const recalled = await desk.office.post('/recalls', recall);
  if (voided.status !== 201 || recalled.status !== 201) throw new Error('no stamp is void and recalled');
});
afterAll(async () => {
  db.close();
  await api.close();
});

/** A look-up that no cache answers: entries live for three seconds. */
async function lookUp(): Promise<{ status: number; verdict: unknown; reason: unknown; also: unknown }> {
  nowMs += 4_000;
  api.setNow(new Date(nowMs).toISOString());
  const answer = await fetch(`${api.address}/t/${code}`, { headers: { accept: 'application/json' } });
  const { verdict, reason, also } = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, verdict, reason, also };
}

const text = (rows: readonly Row[], change: (doc: Row) => Row): Row[] =>
  rows.map((row) => ({ ...row, doc: JSON.stringify(change(JSON.parse(row['doc'] as string) as Row)) }));

describe('a look-up', () => {
  test.each<[string, string, (rows: Row[]) => Row[]]>([
    ['the recall deleted', 'recalls', () => []],
    ['the recall edited to be withdrawn', 'recalls', (rows) => text(rows, (doc) => ({ ...doc, withdrawnAt: MADE_AT }))],
    ['the batch put back to before its void', 'batches', () => oldBatches],
    ['the batch deleted', 'batches', () => []],
    ['the lot deleted', 'lots', () => []],
    ['the lot with another date', 'lots', (rows) => text(rows, (doc) => ({ ...doc, expiresOn: '2031-01-01' }))],
    ['the producer with another name', 'producers', (rows) => text(rows, (doc) => ({ ...doc, name: 'HTX Giả' }))],
    ['the product deleted', 'products', () => []],
    ['the office deleted', 'offices', () => []],
    [
      'a second recall with the seal of the first',
      'recalls',
      (rows) => [...rows, ...text(rows, (doc) => ({ ...doc, id: 'b' })).map((row) => ({ ...row, id: 'b' }))],
    ],
  ])('with %s cannot be checked now, and is right again when it is back', async (_, table, change) => {
    const sound = await lookUp();
    expect(sound).toMatchObject({ status: 200, verdict: 'recalled' });
    const rows = rowsOf(table);
    write(table, change(rows));
    expect(await lookUp()).toMatchObject({ status: 503, verdict: null, reason: 'cannot-check-now' });
    write(table, rows);
    expect(await lookUp()).toEqual(sound);
  });
});

describe('a key', () => {
  test.each<[string, (rows: Row[]) => Row[]]>([
    ['edited to be an admin’s', (rows) => text(rows, (doc) => ({ ...doc, role: 'admin', officeId: '' }))],
    ['deleted', () => []],
    ['that was never made', (rows) => rows.map((row) => ({ ...row, id: `${row['id']}-b` }))],
  ])('%s opens nothing', async (_, change) => {
    const office = api.as('officeA');
    expect((await office.get(`/producers/${CAST.producerA1}`)).status).toBe(200);
    const rows = rowsOf('apiKeys');
    write('apiKeys', change(rows));
    expect((await office.get(`/producers/${CAST.producerA1}`)).status).toBe(401);
    write('apiKeys', rows);
    expect((await office.get(`/producers/${CAST.producerA1}`)).status).toBe(200);
  });
});
