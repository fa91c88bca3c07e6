// Producers and products in the console.

import { describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, formOf, formsOf, testConsole } from '../../../fixtures/console.ts';
import {
  allByRole,
  faultOf,
  hrefOf,
  linksTo,
  pageOf,
  rowLinksOf,
  rowsOf,
  spokenTextOf,
  valueOf,
} from '../../../fixtures/page.ts';
import { seedRatedProducts } from '../../../fixtures/rated-products.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');

/** The id at the end of the address that a form redirected to. */
function idIn(location: string | null): string {
  return /\/([^/?]+)(?:\/edit)?(?:\?|$)/.exec(location ?? '')?.[1] ?? '';
}

const PICTURE = sharp({ create: { width: 40, height: 30, channels: 3, background: '#227722' } })
  .jpeg()
  .toBuffer();

describe('texts that buyers read', () => {
  test('have English beside them; a usual sentence is added once, and allergens are ticked', async () => {
    const path = `/console/products/${CAST.productA1}/edit`;
    const [official] = formsOf((await office.open(path)).text);
    const usual = 'Không dùng cho người dưới 18 tuổi';
    const fields = {
      ...official?.values,
      warnings: `Để nguội\n${usual}`,
      warningsUsual: usual,
      nameEn: 'Roasted coffee',
    };
    const saved = await office.send(path, { ...fields, allergens: ['milk', 'nuts'] });
    expect(saved.location).toBe(`/console/products/${CAST.productA1}?done=saved`);
    const product = await api.store.products.get(CAST.productA1);
    expect(product).toMatchObject({
      warnings: `Để nguội\n${usual}`,
      nameEn: 'Roasted coffee',
      allergens: ['nuts', 'milk'].toSorted(),
    });
    const shown = (await office.open(`/console/products/${CAST.productA1}`)).text;
    for (const text of ['Roasted coffee', 'sữa']) expect(shown).toContain(text);
  });
});

describe('producers', () => {
  test('an office adds one; a wrong field keeps what was typed and says so beside it', async () => {
    const fields = {
      name: 'HTX Chè Pà Cò',
      kind: 'cooperative',
      'address.commune': 'Pà Cò',
      'address.province': 'Hòa Bình',
      'addressToday.commune': 'Pà Cò',
      'addressToday.province': 'Phú Thọ',
      taxCode: '12',
      phone: '0218 000 0101',
      phonePublic: 'on',
    };
    const wrong = await office.fill('/console/producers/new', { fields });
    expect(wrong.status).toBe(422);
    expect(faultOf(pageOf(wrong.text), 'Mã số thuế')).toContain('Mã số thuế có 10 số');
    expect(valueOf(pageOf(wrong.text), 'Tên')).toBe('HTX Chè Pà Cò');
    const made = await office.fill('/console/producers/new', { fields: { ...fields, taxCode: '0123456789' } });
    expect(made.status).toBe(200);
    expect(made.text).toMatch(/Pà\sCò, Phú\sThọ/);
    expect(await api.store.producers.get(idIn(made.location))).toMatchObject({
      officeId: CAST.officeA,
      phonePublic: true,
      addressToday: { province: 'Phú Thọ' },
    });
  });

  test('they are found by words without accents', async () => {
    expect((await office.open('/console/producers?q=che+pa')).text).toContain('HTX Chè Pà Cò');
    const none = await office.open('/console/producers?q=khong-co&kind=company');
    expect(none.text).toContain('Không có mục nào khớp cả 2 điều kiện');
    expect(hrefOf(pageOf(none.text), 'Xóa bộ lọc')).toBe('/console/producers');
  });

  test('a producer’s own words hold at once; its registered name waits for the office, with the difference shown', async () => {
    const path = `/console/producers/${CAST.producerA1}/edit`;
    expect((await producer.open('/console/profile')).location).toBe(`/console/producers/${CAST.producerA1}`);
    const page = await producer.open(path);
    const forms = formsOf(page.text);
    expect(forms).toHaveLength(1);
    const told = await producer.send(path, { ...forms[0]?.values, story: 'Cà phê' });
    expect(told.location).toBe(`/console/producers/${CAST.producerA1}?done=saved`);
    // Both at once: the own words hold, the name waits. The form was made before the first change, which is its own.
    const both = { story: 'Cà phê của chúng tôi', name: 'HTX đổi tên' };
    const asked = await producer.fill(path, { fields: both });
    expect(asked.location).toBe(`/console/producers/${CAST.producerA1}?done=asked`);
    expect(await api.store.producers.get(CAST.producerA1)).toMatchObject({
      story: 'Cà phê của chúng tôi',
      name: 'HTX producer-a1',
    });
    const list = await office.open('/console/requests');
    expect(allByRole(pageOf(list.text), 'link').map(spokenTextOf)).toContain('Chờ duyệt 1');
    const [request = ''] = linksTo(pageOf(list.text), '/console/requests/');
    const shown = await office.open(request);
    expect(rowsOf(pageOf(shown.text)).map((row) => Object.values(row).join(' '))).toContainEqual(
      expect.stringMatching(/HTX producer-a1.*HTX đổi tên/),
    );
    expect(allByRole(pageOf((await producer.open(request)).text), 'button', 'Duyệt')).toEqual([]);
    expect((await producer.send(request, { decision: 'approve' })).status).toBe(403);
    expect((await office.fill(request, { fields: { decision: 'approve', note: 'Đúng giấy tờ' } })).location).toBe(
      '/console/requests?done=approved',
    );
    expect(await api.store.producers.get(CAST.producerA1)).toMatchObject({ name: 'HTX đổi tên' });
    expect((await producer.open(request)).text).toContain('Đúng giấy tờ');
    const late = await office.send(request, { decision: 'decline' });
    expect([late.status, late.text.includes('đã được trả lời')]).toEqual([422, true]);
    // Declined with a reason only; withdrawn by who asked, while nobody has answered.
    await producer.fill(path, { fields: { name: 'HTX đổi nữa' } });
    const [again = ''] = linksTo(pageOf((await office.open('/console/requests')).text), '/console/requests/');
    const unsaid = await office.fill(again, { fields: { decision: 'decline' } });
    expect([unsaid.status, unsaid.text.includes('Xin ghi lý do')]).toEqual([422, true]);
    expect((await office.send(`${again}/withdraw`, {})).status).toBe(403);
    const back = await producer.fill(again, { action: `${again}/withdraw` });
    expect(back.location).toBe('/console/requests?done=withdrawn');
    expect((await office.open(again)).text).toContain('đã rút lại');
    expect((await producer.send(`${again}/withdraw`, {})).status).toBe(409);
  });

  test('a change made meanwhile is not overwritten, and what was typed stays', async () => {
    const path = `/console/producers/${CAST.producerA2}/edit`;
    const page = await office.open(path);
    const values = { ...formOf(page.text)?.values, name: 'HTX của tôi' };
    await office.fill(path, {
      fields: { name: 'HTX của đồng nghiệp', representative: 'Bàn Thị Lả', kind: 'company' },
    });
    const lost = await office.send(path, values);
    expect(lost.status).toBe(422);
    expect(lost.text).toContain('Có người vừa sửa mục này');
    expect(valueOf(pageOf(lost.text), 'Tên')).toBe('HTX của tôi');
    // Only what both changed is asked about; what only the colleague changed is taken over.
    expect(lost.text.match(/Nay đang ghi: [^<]+/g)).toEqual(['Nay đang ghi: HTX của đồng nghiệp']);
    expect(valueOf(pageOf(lost.text), 'Người đại diện')).toBe('Bàn Thị Lả');
    const apart = { ...formOf((await office.open(path)).text)?.values, story: 'Chè cổ thụ' };
    await office.fill(path, { fields: { representative: 'Bàn Văn Mẫu' } });
    expect((await office.send(path, apart)).location).toBe(`/console/producers/${CAST.producerA2}?done=saved`);
    expect(await api.store.producers.get(CAST.producerA2)).toMatchObject({
      representative: 'Bàn Văn Mẫu',
      story: 'Chè cổ thụ',
    });
  });
});

describe('products', () => {
  test('one is added with its set; the group follows, and a GTIN’s fault is told by our words', async () => {
    const fields = {
      producerId: CAST.producerA1,
      name: 'Chè Shan tuyết',
      productSet: '11',
      gtin: '09520000000012',
      unit: 'hộp 200 g',
      shelfLifeDays: '365',
    };
    const wrong = await office.fill('/console/products/new', { fields });
    expect([wrong.status, wrong.text.includes('GTIN có 8, 12, 13 hoặc 14 số, số cuối là số kiểm tra')]).toEqual([
      422,
      true,
    ]);
    const made = await office.fill('/console/products/new', {
      fields: {
        ...fields,
        gtin: '09520000000011',
        'gtinAuthorisation.holder': 'HTX',
        'gtinAuthorisation.document': '12/UQ',
        'gtinAuthorisation.date': '2026-01-05',
      },
    });
    const product = await api.store.products.get(idIn(made.location));
    expect(product).toMatchObject({
      group: 'food',
      productSet: 11,
      gtinAuthorisation: { holder: 'HTX', document: '12/UQ', date: '2026-01-05' },
    });
    expect(made.text).toMatch(/Đã có \d+\/\d+ mục/);
    const gone = await office.fill(`/console/products/${product?.id ?? ''}/edit`, { fields: { name: '' } });
    expect([gone.status, faultOf(pageOf(gone.text), 'Tên')]).toEqual([422, expect.any(String)]);
  });

  test('a producer’s new product waits for the office', async () => {
    const asked = await producer.fill('/console/products/new', { fields: { name: 'Cà phê bột', productSet: '13' } });
    expect(asked.location).toBe('/console/products?done=asked');
    expect(asked.text).toContain('Đã gửi cho văn phòng duyệt');
    expect(asked.text).not.toContain('Cà phê bột');
  });

  test('a picture is made small and shown; what is none is refused beside its field', async () => {
    const path = `/console/products/${CAST.productA1}`;
    const bad = await producer.fill(path, {
      action: `${path}/photo`,
      files: { photo: { name: 'x.jpg', mediaType: 'image/jpeg', bytes: Buffer.from('<svg onload=1>') } },
    });
    expect([bad.status, faultOf(pageOf(bad.text), 'Tệp', 'Gửi ảnh')]).toEqual([422, expect.any(String)]);
    const taken = await producer.fill(path, {
      action: `${path}/photo`,
      files: { photo: { name: 'ảnh.jpg', mediaType: 'image/jpeg', bytes: await PICTURE } },
    });
    expect(taken.location).toBe(`${path}?done=photo`);
    const source = pageOf(taken.text).querySelector('img[src^="/photos/"]')?.getAttribute('src') ?? '';
    expect((await office.open(source)).headers.get('Content-Type')).toBe('image/webp');
  });

  test('they are found by name, number, group, stars and whether the certificate is in force', async () => {
    await seedRatedProducts(api);
    const found = async (query: string): Promise<string[]> =>
      rowLinksOf(pageOf((await office.open(`/console/products?${query}`)).text)).map(idIn);
    expect(await found('q=mat+ong')).toEqual(['four']);
    expect(await found('q=ocop-test-lapsed')).toEqual(['lapsed']);
    expect(await found('stars=4')).toEqual(['four']);
    expect(await found('rating=lapsed')).toEqual(['lapsed']);
    expect(await found('rating=in-force&group=food')).toContain('four');
    expect(await found('stars=nine&group=food')).toContain('four');
  });
});
