import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { PAPER_BYTES_MAX } from '../../../server/domain/registry/paper.ts';
import { CAST, openTestApi, type TestApi } from '../../fixtures/api.ts';
import { formOf, seedAccounts, visitorAs, type Visitor } from '../../fixtures/console.ts';
import { aCertificate, anEvaluation, aProduct, MADE_AT } from '../../fixtures/records.ts';

let api: TestApi;
let office: Visitor;
let producer: Visitor;
let admin: Visitor;

beforeAll(async () => {
  api = await openTestApi();
  await seedAccounts(api);
});
beforeEach(async () => {
  api.setNow(MADE_AT);
  [office, producer, admin] = [
    await visitorAs(api, 'officeA'),
    await visitorAs(api, 'producerA1'),
    await visitorAs(api, 'admin'),
  ];
});
afterAll(() => api.close());

/** The id at the end of where a form led. */
function idIn(location: string | null): string {
  return /\/([^/?]+)(?:\/edit)?(?:\?|$)/.exec(location ?? '')?.[1] ?? '';
}

const PICTURE = sharp({ create: { width: 40, height: 30, channels: 3, background: '#227722' } })
  .jpeg()
  .toBuffer();

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
    expect(wrong.text).toContain('id="f-taxCode-fault"');
    expect(wrong.text).toContain('value="HTX Chè Pà Cò"');
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
    expect(none.text).toContain('href="/console/producers">Bỏ hết bộ lọc');
  });

  test('a producer’s own words hold at once; its registered name waits for the office, with the difference shown', async () => {
    const path = `/console/producers/${CAST.producerA1}/edit`;
    expect((await producer.open('/console/profile')).location).toBe(`/console/producers/${CAST.producerA1}`);
    const page = await producer.open(path);
    const [official = '', own = ''] = page.text.match(/<form class="form".*?<\/form>/gs) ?? [];
    const told = await producer.send(path, { ...formOf(own)?.values, story: 'Cà phê của chúng tôi' });
    expect(told.location).toBe(`/console/producers/${CAST.producerA1}?done=saved`);
    const again = formOf(official)?.values ?? {};
    const asked = await producer.send(path, { ...again, version: '2', name: 'HTX đổi tên' });
    expect(asked.location).toBe(`/console/producers/${CAST.producerA1}?done=asked`);
    expect(await api.store.producers.get(CAST.producerA1)).toMatchObject({
      story: 'Cà phê của chúng tôi',
      name: 'HTX producer-a1',
    });
    const list = await office.open('/console/requests');
    expect(list.text).toContain('<b class="n">1</b>');
    const request = /href="(\/console\/requests\/[^"]+)"/.exec(list.text)?.[1] ?? '';
    const shown = await office.open(request);
    expect(shown.text).toContain('<span class="old">HTX producer-a1</span>');
    expect(shown.text).toContain('<span class="new">HTX đổi tên</span>');
    expect((await producer.open(request)).text).not.toContain('value="approve"');
    expect((await producer.send(request, { decision: 'approve' })).status).toBe(403);
    expect((await office.fill(request, { fields: { decision: 'approve', note: 'Đúng giấy tờ' } })).location).toBe(
      '/console/requests?done=approved',
    );
    expect(await api.store.producers.get(CAST.producerA1)).toMatchObject({ name: 'HTX đổi tên' });
    expect((await producer.open(request)).text).toContain('Đúng giấy tờ');
    const late = await office.send(request, { decision: 'decline' });
    expect([late.status, late.text.includes('đã được trả lời')]).toEqual([422, true]);
  });

  test('a change made meanwhile is not overwritten, and what was typed stays', async () => {
    const path = `/console/producers/${CAST.producerA2}/edit`;
    const page = await office.open(path);
    const values = { ...formOf(page.text)?.values, name: 'HTX của tôi' };
    await office.fill(path, { fields: { name: 'HTX của đồng nghiệp' } });
    const lost = await office.send(path, values);
    expect(lost.status).toBe(422);
    expect(lost.text).toContain('Có người vừa sửa mục này');
    expect(lost.text).toContain('value="HTX của tôi"');
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
    expect([wrong.status, wrong.text.includes('GTIN có 14 số, số cuối là số kiểm tra')]).toEqual([422, true]);
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
    expect(made.text).toMatch(/Đã có \d+ trong \d+ mục/);
    const gone = await office.fill(`/console/products/${product?.id ?? ''}/edit`, { fields: { name: '' } });
    expect([gone.status, gone.text.includes('id="f-name-fault"')]).toEqual([422, true]);
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
    expect([bad.status, bad.text.includes('id="f-photo-fault"')]).toEqual([422, true]);
    const taken = await producer.fill(path, {
      action: `${path}/photo`,
      files: { photo: { name: 'ảnh.jpg', mediaType: 'image/jpeg', bytes: await PICTURE } },
    });
    expect(taken.location).toBe(`${path}?done=photo`);
    const source = /src="(\/photos\/[^"]+)"/.exec(taken.text)?.[1] ?? '';
    expect((await office.open(source)).headers.get('Content-Type')).toBe('image/webp');
  });

  test('they are found by name, number, group, stars and whether the certificate is in force', async () => {
    const place = { officeId: CAST.officeA, producerId: CAST.producerA1 };
    for (const [id, name, stars, expiresOn] of [
      ['four', 'Mật ong rừng', 4, '2028-01-14'],
      ['lapsed', 'Măng khô', 3, '2026-03-14'],
    ] as const) {
      await saveNew(api.ctx, api.actor('admin'), {
        collection: 'products',
        doc: aProduct({ ...place, id, name }),
        action: 'make-product',
        answer: null,
      });
      const certificate = aCertificate({
        ...place,
        id: `c-${id}`,
        productId: id,
        scheme: 'ocop',
        stars,
        number: `OCOP-TEST-${id}`,
        issuedOn: '2025-01-15',
        expiresOn,
        evaluationId: null,
        imported: true,
      });
      await saveNew(api.ctx, api.actor('admin'), {
        collection: 'certificates',
        doc: certificate,
        action: 'make-certificate',
        answer: null,
      });
    }
    const found = async (query: string): Promise<string[]> =>
      [
        ...(await office.open(`/console/products?${query}`)).text.matchAll(
          /class="go" href="\/console\/products\/([^"]+)"/g,
        ),
      ].map(([, id = '']) => id);
    expect(await found('q=mat+ong')).toEqual(['four']);
    expect(await found('q=ocop-test-lapsed')).toEqual(['lapsed']);
    expect(await found('stars=4')).toEqual(['four']);
    expect(await found('rating=lapsed')).toEqual(['lapsed']);
    expect(await found('rating=in-force&group=food')).toContain('four');
    expect(await found('stars=nine&group=food')).toContain('four');
  });
});

describe('evaluations and certificates', () => {
  test('stars follow the score and the minimums, and the certificate follows the evaluation', async () => {
    const made = await office.fill(`/console/evaluations/new?productId=${CAST.productA1}`, {
      fields: { round: '2026-1', heldOn: '2026-05-20', score: '76,80', minimumStars: '3', decision: 'QĐ-12' },
    });
    expect(made.text).toContain('3 sao');
    const id = idIn(made.location);
    expect(await api.store.evaluations.get(id)).toMatchObject({ scoreHundredths: 7_680, stars: 3 });
    const wrong = await office.fill(`/console/evaluations/${id}/edit`, { fields: { score: '76,805' } });
    expect([wrong.status, wrong.text.includes('nhiều nhất hai số lẻ')]).toEqual([422, true]);
    const link = /href="(\/console\/certificates\/new[^"]+)"/.exec(made.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const certificate = await office.fill(link, {
      fields: { number: 'OCOP-2026-77', issuer: 'UBND tỉnh Phú Thọ', issuedOn: '2026-06-01' },
    });
    expect(await api.store.certificates.get(idIn(certificate.location))).toMatchObject({
      stars: 3,
      evaluationId: id,
      expiresOn: '2029-05-31',
      imported: false,
    });
    expect(
      (await office.fill(`/console/evaluations/${id}/edit`, { fields: { score: '95', minimumStars: '5' } })).text,
    ).toContain('Xin sửa chứng nhận trước');
  });

  test('an evaluation below three stars leads to no certificate', async () => {
    const doc = anEvaluation({
      id: 'low',
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      productId: CAST.productA1,
      round: '2024-9',
      scoreHundredths: 4_000,
      minimumStars: 2,
      stars: 2,
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'evaluations',
      doc,
      action: 'make-evaluation',
      answer: null,
    });
    const page = await office.open('/console/evaluations/low/edit');
    expect(page.text).toContain('không cấp chứng nhận');
    expect(page.text).not.toContain('/console/certificates/new');
  });

  test('a certificate is extended with evidence for 180 days at most, revoked with a reason, and either taken back', async () => {
    const path = '/console/certificates/c-lapsed';
    expect((await office.open(path)).text).toContain('Đã hết');
    const far = await office.fill(path, {
      action: `${path}/extension`,
      fields: { extendedTo: '2026-12-31', evidence: 'CV 12' },
    });
    expect([far.status, far.text.includes('Nhiều nhất 180 ngày')]).toEqual([422, true]);
    const bare = await office.fill(path, {
      action: `${path}/extension`,
      fields: { extendedTo: '2026-09-01', evidence: '' },
    });
    expect([bare.status, bare.text.includes('id="f-evidence-fault"')]).toEqual([422, true]);
    expect(
      (
        await office.fill(path, {
          action: `${path}/extension`,
          fields: { extendedTo: '2026-09-01', evidence: 'CV 12' },
        })
      ).text,
    ).toContain('Gia hạn đến 01/09/2026');
    expect((await office.fill(path, { action: `${path}/extension` })).location).toBe(`${path}?done=restored`);
    expect(
      (
        await office.fill(path, {
          action: `${path}/revocation`,
          fields: { revokedOn: '2026-02-01', reason: 'Vi phạm' },
        })
      ).text,
    ).toContain('Thu hồi từ 01/02/2026');
    expect(await api.store.certificates.get('c-lapsed')).toMatchObject({
      extension: null,
      revocation: { on: '2026-02-01', reason: 'Vi phạm' },
    });
  });

  test('papers are kept: PDF as a download, a picture made anew, anything else refused; strangers find none', async () => {
    const path = '/console/certificates/c-four';
    const send = (name: string, bytes: Uint8Array): ReturnType<Visitor['fill']> =>
      producer.fill(path, {
        action: `${path}/papers`,
        fields: { kind: 'certificate' },
        files: { paper: { name, mediaType: 'application/pdf', bytes } },
      });
    expect((await send('giấy.pdf', Buffer.from('%PDF-1.7 …'))).location).toBe(`${path}?done=paper`);
    expect((await send('trang.html', Buffer.from('<script>alert(1)</script>'))).status).toBe(422);
    expect((await send('lớn.pdf', Buffer.alloc(PAPER_BYTES_MAX + 20_000))).status).toBe(413);
    const page = await send('ảnh.jpg', await PICTURE);
    const papers = [...page.text.matchAll(/href="(\/console\/papers\/[^"]+)"/g)].map(([, href = '']) => href);
    expect(papers).toHaveLength(2);
    const files = await Promise.all(papers.map((href) => office.open(href)));
    expect(new Set(files.map(({ headers }) => headers.get('Content-Type')))).toEqual(
      new Set(['application/pdf', 'image/webp']),
    );
    expect(
      files.every(
        ({ headers }) =>
          (headers.get('Content-Disposition') ?? '').startsWith('attachment') &&
          (headers.get('Content-Security-Policy') ?? '').includes('sandbox'),
      ),
    ).toBe(true);
    expect((await (await visitorAs(api, 'producerA2')).open(papers[0] ?? '')).status).toBe(404);
    expect((await (await visitorAs(api, 'officeB')).open(papers[0] ?? '')).status).toBe(404);
  });
});

describe('offices and the log', () => {
  test('an admin makes and changes offices; nobody else sees the page', async () => {
    const made = await admin.fill('/console/offices/new', {
      fields: { name: 'Văn phòng C', province: 'Sơn La', phone: '0212 000 0001' },
    });
    expect(made.location).toBe('/console/offices?done=made');
    expect(
      (await admin.fill('/console/offices/new', { fields: { name: 'Văn phòng C', province: 'Sơn La' } })).text,
    ).toContain('Đã có văn phòng mang tên này');
    const path = `/console/offices/${CAST.officeA}`;
    const marked = await admin.fill(path, {
      action: `${path}/mark`,
      files: { mark: { name: 'dau.png', mediaType: 'image/png', bytes: await PICTURE } },
    });
    expect(marked.location).toBe(`${path}?done=mark`);
    expect((await api.store.offices.get(CAST.officeA))?.markFileId).not.toBeNull();
    for (const other of [office, producer]) expect((await other.open('/console/offices')).status).toBe(403);
  });

  test('the log is filtered by day and by what a line is about, an office sees its own lines', async () => {
    const page = await office.open('/console/audit?kind=certificate&id=c-lapsed');
    expect(page.text).toContain('Người officeA');
    expect(
      page.text.match(/<b title="(?:change|make)-certificate">(?:sửa|thêm) chứng nhận<\/b>/g)?.length,
    ).toBeGreaterThanOrEqual(4);
    expect(page.text).not.toContain('producer:');
    expect((await office.open('/console/audit?from=2030-01-01')).text).toContain('Không có mục nào khớp');
    expect((await office.open('/console/audit?from=2030-01-02&to=2030-01-01')).text).toContain(
      'Ngày sau trước ngày đầu',
    );
    expect((await (await visitorAs(api, 'officeB')).open('/console/audit?kind=certificate')).text).not.toContain(
      'c-lapsed',
    );
    expect((await producer.open('/console/audit')).status).toBe(403);
  });

  test('every registry page reads in both languages', async () => {
    for (const path of [
      '/console/products',
      `/console/products/${CAST.productA1}`,
      `/console/producers/${CAST.producerA1}`,
      '/console/evaluations',
      '/console/certificates',
      '/console/certificates/c-four',
      '/console/requests',
      '/console/audit',
    ]) {
      const page = await office.open(`${path}?lang=en`);
      expect(page.status).toBe(200);
      expect(page.text.match(/<h1>/g)).toHaveLength(1);
      expect(page.text).not.toMatch(/undefined|\[object/);
    }
  });
});
