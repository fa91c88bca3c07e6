// What the registry's actions do beyond one HTTP call: importing an office's files, and finishing an approval that a
// crash interrupted.

import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ActionContext } from '../../../server/actions/kit/context.ts';
import { approveRequest, declineRequest } from '../../../server/actions/registry/decide-request.ts';
import { everyOf } from '../../../server/actions/kit/every-of.ts';
import { idOfReference } from '../../../server/actions/import/row-records.ts';
import { importRegistry, readRegistryFile, type ImportReport } from '../../../server/actions/import/import-registry.ts';
import { makeProduct, makeProductInput } from '../../../server/actions/registry/make-product.ts';
import { runAction } from '../../../server/actions/kit/run-action.ts';
import { StoreError, type Lease } from '../../../server/store/store.ts';
import { CAST, openTestApi, type TestApi } from '../../fixtures/api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const SAMPLES = new URL('../../../scripts/sample-registry/', import.meta.url);

function sample(name: string): Promise<string> {
  return readFile(new URL(`${name}.csv`, SAMPLES), 'utf8');
}

async function importText(text: string, officeId: string = CAST.officeA): Promise<ImportReport> {
  const file = await readRegistryFile(Buffer.from(text));
  if (!file.ok) throw new Error(file.problem.detail);
  const report = await importRegistry(api.actor('admin'), { officeId, file: file.value }, api.ctx);
  if (!report.ok) throw new Error(report.problem.detail);
  return report.value;
}

async function listed<T>(records: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const record of records) found.push(record);
  return found;
}

function wrongIn(report: ImportReport): string[] {
  return report.rows.flatMap(({ line, errors }) => errors.map(({ column, code }) => `${line} ${column}: ${code}`));
}

describe('the sample registry', () => {
  test('is taken over whole, and a second run changes nothing, not even the log', async () => {
    for (const [name, rows] of [
      ['producers', 27],
      ['products', 31],
      ['evaluations', 31],
      ['certificates', 37],
    ] as const) {
      const first = await importText(await sample(name));
      expect([name, wrongIn(first), first.counts]).toEqual([
        name,
        [],
        { new: rows, same: 0, changed: 0, decide: 0, wrong: 0 },
      ]);
      const head = await api.auditHead();
      const second = await importText(await sample(name));
      expect([name, second.counts]).toEqual([name, { new: 0, same: rows, changed: 0, decide: 0, wrong: 0 }]);
      expect(second.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
      expect(await api.auditHead()).toEqual(head);
    }
  });

  test('points for four stars that meet the minimums of three give three, and the certificate rests on them', async () => {
    const productId = idOfReference(CAST.officeA, 'product', 'S10');
    const [evaluation] = await listed(everyOf(api.store.evaluations, { productId }));
    const [certificate] = await listed(everyOf(api.store.certificates, { productId }));
    expect(evaluation).toMatchObject({ scoreHundredths: 6_996, minimumStars: 4, stars: 3 });
    expect(certificate).toMatchObject({
      scheme: 'ocop',
      stars: 3,
      imported: false,
      evaluationId: evaluation?.id,
      expiresOn: '2028-10-14',
    });
  });

  test('the same references at another office are other records', async () => {
    const report = await importText(await sample('producers'), CAST.officeB);
    expect(report.counts.new).toBe(27);
    expect(await api.store.producers.get(idOfReference(CAST.officeB, 'producer', 'P01'))).toMatchObject({
      officeId: CAST.officeB,
    });
  });
});

describe('a registry file', () => {
  const PRODUCERS = 'ref,name,kind,commune,province,detail,phone,website';

  test('changes what it says otherwise; an empty cell says nothing', async () => {
    await importText(`${PRODUCERS}\nX1,HTX Một,cooperative,Cao Phong,Phú Thọ,Khu 5,0218 000 0101,https://mot.example`);
    const report = await importText(`${PRODUCERS}\nX1,HTX Một Mới,cooperative,Cao Phong,Phú Thọ,,,`);
    expect(report.counts).toEqual({ new: 0, same: 0, changed: 1, decide: 0, wrong: 0 });
    const producer = await api.store.producers.get(idOfReference(CAST.officeA, 'producer', 'X1'));
    expect(producer).toMatchObject({
      name: 'HTX Một Mới',
      phone: '0218 000 0101',
      website: 'https://mot.example',
      address: { detail: 'Khu 5' },
      version: 2,
    });
  });

  test('names each wrong cell by line and column, and takes the other rows', async () => {
    const rows = [
      'X2,,cooperative,Cao Phong,Phú Thọ,,,',
      'X3,HTX Ba,farm,Cao Phong,Phú Thọ,,gọi tôi,',
      ',HTX Không Mã,group,A,B,,,',
      'X4,HTX Bốn,group,A,B,,,',
      'X4,HTX Bốn Lại,group,A,B,,,',
    ];
    const report = await importText([PRODUCERS, ...rows].join('\n'));
    expect(report.counts).toEqual({ new: 1, same: 0, changed: 0, decide: 0, wrong: 4 });
    expect(wrongIn(report)).toEqual([
      '2 name: invalid-type',
      '3 kind: invalid-value',
      '3 phone: invalid-format',
      '4 ref: required',
      '6 ref: repeated',
    ]);
  });

  test('as a Vietnamese spreadsheet saves it: byte order mark, semicolons, decimal commas, days first', async () => {
    const text =
      '\uFEFFproduct;round;held_on;score;minimum_stars;stars;decision\r\nS02;2026-1;15/6/2026;"69,99";5;3;QĐ-77\r\n';
    expect((await importText(text)).counts.new).toBe(1);
    const productId = idOfReference(CAST.officeA, 'product', 'S02');
    expect(await api.store.evaluations.findBy('productRound', [productId, '2026-1'])).toMatchObject({
      heldOn: '2026-06-15',
      scoreHundredths: 6_999,
      stars: 3,
    });
  });

  test('with stars that do not follow, a product that is not there, or one that would move, has these rows refused and nothing saved of them', async () => {
    const head = await api.auditHead();
    const evaluations =
      'product,round,held_on,score,minimum_stars,stars\nS03,2026-1,2026-06-15,69.99,5,4\nS99,2026-1,2026-06-15,70,5,4\nS03,2026-2,2026-02-30,70.001,6,';
    expect(wrongIn(await importText(evaluations))).toEqual([
      '2 stars: not-as-computed',
      '3 product: absent',
      '4 held_on: custom',
      '4 minimum_stars: invalid-value',
    ]);
    const products = 'ref,producer,name,group,product_set\nS01,P02,Cam,food,1\nS50,P99,Cam,food,1\nS51,P01,Cam,food,14';
    expect(wrongIn(await importText(products))).toEqual([
      '2 producer: other-producer',
      '3 producer: absent',
      '4 product_set: other-group',
    ]);
    const certificates =
      'product,scheme,stars,number,issuer,issued_on,expires_on\nS02,ocop,5,OCOP-2025-001,UBND,2025-01-15,\nS04,ocop,5,OCOP-2025-004,UBND,2025-04-15,\nS01,iso,,I-1,Tổ chức,2025-01-15,';
    expect(wrongIn(await importText(certificates))).toEqual([
      '2 number: taken',
      '3 stars: not-as-evaluated',
      '4 scheme: invalid-value',
    ]);
    expect(await api.auditHead()).toEqual(head);
  });

  test.each([
    ['', 'empty'],
    ['a,b\n1,2', 'header'],
    ['ref,name,kind,commune,province,name\n1,2,3,4,5,6', 'header'],
    [`${PRODUCERS}\nX9,HTX`, 'cells'],
    [`${PRODUCERS}\nX9,"HTX`, 'csv'],
  ])('that cannot be read is refused whole (%#: %s)', async (text, code) => {
    const read = await readRegistryFile(Buffer.from(text));
    expect(read).toMatchObject({ ok: false, problem: { code: 'invalid', errors: [{ code }] } });
  });

  test('is an office’s to take over: a producer and an inspector may not, nobody must sign in', async () => {
    const file = await readRegistryFile(Buffer.from(`${PRODUCERS}\nX7,HTX,group,A,B,,,`));
    if (!file.ok) throw new Error(file.problem.detail);
    for (const [name, code] of [
      ['producerA1', 'not-allowed'],
      ['inspectorA', 'not-allowed'],
      ['nobody', 'not-signed-in'],
    ] as const) {
      expect(await importRegistry(api.actor(name), { file: file.value }, api.ctx)).toMatchObject({
        ok: false,
        problem: { code },
      });
    }
    expect(
      await importRegistry(api.actor('officeB'), { officeId: CAST.officeA, file: file.value }, api.ctx),
    ).toMatchObject({ ok: false, problem: { code: 'absent-reference' } });
  });
});

describe('an approval that a crash cut short', () => {
  const key = (name: string): ActionContext['request'] => ({ key: name, bodyHash: name });

  test('leaves the request waiting; approving it again marks it, and nothing is applied twice', async () => {
    const input = makeProductInput.parse({ name: 'Chỉ một lần', group: 'food', productSet: 1 });
    const asked = await makeProduct(api.actor('producerA1'), input, api.ctx);
    if (!asked.ok || asked.value.kind !== 'waiting') throw new Error('it should wait');
    const id = asked.value.requestId;
    const office = api.actor('officeA');
    const outage = new StoreError('unavailable', 'the power went');
    const store = { ...api.store, requests: { ...api.store.requests, replace: () => Promise.reject(outage) } };
    await expect(
      runAction(approveRequest, office, { id, note: null }, { ...api.ctx, store, request: key('first') }),
    ).rejects.toBe(outage);
    expect(await api.store.requests.get(id)).toMatchObject({ state: 'waiting' });

    expect(await declineRequest(office, { id, note: null }, api.ctx)).toMatchObject({
      ok: false,
      problem: { code: 'already-decided' },
    });
    const again = await runAction(approveRequest, office, { id, note: null }, { ...api.ctx, request: key('second') });
    expect(again).toMatchObject({ ok: true, value: { kind: 'done', value: { state: 'approved' } } });
    const made = await listed(everyOf(api.store.products, { producerId: CAST.producerA1 }));
    expect(made.filter(({ name }) => name === 'Chỉ một lần')).toHaveLength(1);
    expect(await api.store.requests.get(id)).toMatchObject({
      decision: { resultId: made.find(({ name }) => name === 'Chỉ một lần')?.id },
    });
  });
});

test('an approval whose server slept past its turn applies nothing: another may have declined meanwhile', async () => {
  const asked = await makeProduct(
    api.actor('producerA1'),
    makeProductInput.parse({ name: 'Ngủ quên', group: 'food', productSet: 1 }),
    api.ctx,
  );
  if (!asked.ok || asked.value.kind !== 'waiting') throw new Error('it should wait');
  const decision = { id: asked.value.requestId, note: null };
  const numbers = [1, 3];
  const lease = (): Lease => ({ hold: async () => numbers.shift() ?? null, release: async () => undefined });
  const slept: ActionContext = { ...api.ctx, store: { ...api.store, lease } };
  await expect(approveRequest(api.actor('officeA'), decision, slept)).rejects.toMatchObject({
    name: 'StoreError',
    kind: 'unavailable',
  });
  expect(await declineRequest(api.actor('officeA'), decision, api.ctx)).toMatchObject({ ok: true });
  const made = await listed(everyOf(api.store.products, { producerId: CAST.producerA1 }));
  expect(made.filter(({ name }) => name === 'Ngủ quên')).toEqual([]);
});
