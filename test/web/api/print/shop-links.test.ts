// Links that give a print job's files to a print shop: withdrawn, or refused if their maker may no longer print or a
// stamp of the job was voided. Their page says so in both languages.

import { beforeAll, describe, expect, test } from '@jest/globals';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { CAST, clientIn, ORIGIN } from '../../../fixtures/api.ts';
import { testConsole, visitor, visitorAs, visitorOf } from '../../../fixtures/console.ts';
import { endOfPrintJob } from '../../../fixtures/print-jobs.ts';
import { aUser } from '../../../fixtures/records/people.ts';

const api = testConsole();
const [office, producer] = [clientIn(api, 'officeA'), clientIn(api, 'producerA1')];
let batchId = '';
let jobId = '';

interface Link {
  id: string;
  path: string;
}

/** A link of the job for stamps 1 to 20, made with this key. */
async function newLink(by = producer): Promise<Link> {
  const { status, body } = await by.post(`/print-jobs/${jobId}/shop-links`, { shop: 'Nhà in Tân Tiến' });
  expect(status).toBe(201);
  const address = String(body['address']);
  expect(address).toMatch(new RegExp(`^${ORIGIN}/print-shop/[\\w-]{43}$`));
  return { id: String(body['id']), path: address.slice(ORIGIN.length) };
}

/** What the page says and whether it offers a file. */
async function seen({ path }: Link): Promise<{ status: number; vi: string; en: string; file: number }> {
  const [vi, en] = [await visitor(api).open(path), await visitor(api).open(`${path}?lang=en`)];
  const file = await visitor(api).send(`${path}/1`, {});
  return { status: vi.status, vi: vi.text, en: en.text, file: file.status };
}

async function stateOf({ id }: Link): Promise<unknown> {
  const items = (await office.get(`/print-jobs/${jobId}/shop-links`)).body['items'] as Record<string, unknown>[];
  return items.find((item) => item['id'] === id)?.['state'];
}

beforeAll(async () => {
  const lot = await office.post('/lots', { productId: CAST.productA1, number: 'L-SHOP' });
  batchId = String((await office.post('/batches', { lotId: lot.body['id'], quantity: 40 })).body['id']);
  const made = await office.post('/print-jobs', { batchId, template: 'a4-65', from: 1, to: 20 });
  jobId = String(made.body['id']);
  await endOfPrintJob(api, jobId);
});

describe('a print shop’s link', () => {
  test('is withdrawn over the API by whoever may print, and says so', async () => {
    const link = await newLink();
    expect(await stateOf(link)).toBe('open');
    for (const [name, status] of [
      ['nobody', 401],
      ['inspectorA', 403],
      ['producerA2', 404],
      ['officeB', 404],
    ] as const)
      expect((await api.as(name).post(`/shop-links/${link.id}/withdraw`, {})).status).toBe(status);
    expect((await visitor(api).open(link.path)).status).toBe(200);
    expect((await office.post(`/shop-links/${link.id}/withdraw`, {})).body).toMatchObject({ state: 'withdrawn' });
    expect((await office.post(`/shop-links/${link.id}/withdraw`, {})).status).toBe(200);
    const page = await seen(link);
    expect(page).toMatchObject({ status: 404, file: 404 });
    expect(page.vi).toContain('Người gửi đã thu hồi đường dẫn này');
    expect(page.en).toContain('The sender withdrew this link');
    expect(await stateOf(link)).toBe('withdrawn');
  });

  test('is withdrawn on the page of its job, which names its maker', async () => {
    const link = await newLink();
    const person = await visitorAs(api, 'officeA');
    const at = `/console/print-jobs/${jobId}`;
    expect((await person.open(at)).text).toContain('Người tạo: producerA1');
    const after = await person.fill(at, { action: `${at}/shop/${link.id}/withdraw` });
    expect(after.text).toContain('đã thu hồi');
    expect((await visitor(api).open(link.path)).status).toBe(404);
  });

  test('is refused when its maker’s account is shut or its key revoked, and says so', async () => {
    const doc = aUser({
      id: 'leaver',
      login: 'leaver',
      role: 'producer',
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
    });
    await saveNew(api.ctx, api.actor('admin'), { collection: 'users', doc, action: 'make-user', answer: null });
    const leaver = await visitorOf(api, doc);
    const at = `/console/print-jobs/${jobId}`;
    const { text } = await leaver.fill(at, { action: `${at}/shop`, fields: { shop: 'Nhà in Tân Tiến' } });
    const path = new RegExp(`${ORIGIN}(/print-shop/[\\w-]{43})`).exec(text)?.[1] ?? '';
    expect((await visitor(api).open(path)).status).toBe(200);
    expect((await office.get('/users/leaver/credentials')).body['shopLinks']).toMatchObject([{ by: 'leaver' }]);
    await office.patch('/users/leaver', 1, { disabled: true });
    const page = await seen({ id: '', path });
    expect(page).toMatchObject({ status: 404, file: 404 });
    // Withdrawn with the account.
    expect(page.vi).toContain('Người gửi đã thu hồi đường dẫn này');

    const key = (await office.post('/keys', { role: 'producer', producerId: CAST.producerA1, name: 'ERP' })).body;
    const made = await fetch(`${api.address}/api/v1/print-jobs/${jobId}/shop-links`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${String(key['key'])}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ shop: 'Nhà in Tân Tiến' }),
    });
    const { id, address } = (await made.json()) as { id: string; address: string };
    const link = { id, path: address.slice(ORIGIN.length) };
    await office.post(`/keys/${String(key['id'])}/revoke`, {});
    const refused = await seen(link);
    expect(refused).toMatchObject({ status: 404, file: 404 });
    expect(refused.vi).toContain('không còn quyền in');
    expect(refused.en).toContain('may not print any more');
    expect(await stateOf(link)).toBe('maker-gone');
  });

  test('goes on after stamps of another job were voided, and is refused after one of its own', async () => {
    const link = await newLink();
    expect((await producer.post(`/batches/${batchId}/voids`, { from: 21, to: 22, reason: 'spoiled' })).status).toBe(
      201,
    );
    expect((await visitor(api).open(link.path)).status).toBe(200);
    expect((await producer.post(`/batches/${batchId}/voids`, { from: 20, to: 20, reason: 'lost' })).status).toBe(201);
    const page = await seen(link);
    expect(page).toMatchObject({ status: 404, file: 404 });
    expect(page.vi).toContain('Có tem trong tệp này đã bị hủy');
    expect(page.en).toContain('Stamps in these files were cancelled');
    expect(await stateOf(link)).toBe('voided');
  });

  test('that was never ours says no more than before', async () => {
    const page = await visitor(api).open(`/print-shop/${'x'.repeat(43)}`);
    expect([page.status, page.text.includes('Đường dẫn đã được dùng, hoặc đã quá 24 giờ')]).toEqual([404, true]);
  });
});
