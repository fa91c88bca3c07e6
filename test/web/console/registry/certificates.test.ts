// Evaluations, certificates, papers, offices and the log in the console.

import { beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { saveNew } from '../../../../server/actions/kit/save.ts';
import { PAPER_BYTES_MAX } from '../../../../server/domain/registry/paper.ts';
import { CAST } from '../../../fixtures/api.ts';
import { castVisitor, testConsole, visitorAs, type Visitor } from '../../../fixtures/console.ts';
import { faultOf, linksTo, pageOf, spokenTextOf, titleOf } from '../../../fixtures/page.ts';
import { seedRatedProducts } from '../../../fixtures/rated-products.ts';
import { aCertificate, anEvaluation, aProduct } from '../../../fixtures/records/registry.ts';

const api = testConsole();
const office = castVisitor(api, 'officeA');
const producer = castVisitor(api, 'producerA1');
const admin = castVisitor(api, 'admin');

beforeAll(() => seedRatedProducts(api));

/** The id at the end of the address that a form redirected to. */
function idIn(location: string | null): string {
  return /\/([^/?]+)(?:\/edit)?(?:\?|$)/.exec(location ?? '')?.[1] ?? '';
}

const PICTURE = sharp({ create: { width: 40, height: 30, channels: 3, background: '#227722' } })
  .jpeg()
  .toBuffer();

describe('evaluations and certificates', () => {
  test('stars follow the score and the minimums, and the certificate follows the evaluation', async () => {
    const councilOf = { round: '2026-1', score: '76,80', minimumStars: '3' };
    const early = await office.fill(`/console/evaluations/new?productId=${CAST.productA1}`, {
      fields: { ...councilOf, heldOn: '2026-11-25' },
    });
    expect([early.status, early.text.includes('Hội đồng chưa họp')]).toEqual([422, true]);
    const made = await office.fill(`/console/evaluations/new?productId=${CAST.productA1}`, {
      fields: { round: '2026-1', heldOn: '2026-05-20', score: '76,80', minimumStars: '3', decision: 'QĐ-12' },
    });
    expect(made.text).toContain('3 sao');
    const id = idIn(made.location);
    expect(await api.store.evaluations.get(id)).toMatchObject({ scoreHundredths: 7_680, stars: 3 });
    const wrong = await office.fill(`/console/evaluations/${id}/edit`, { fields: { score: '76,805' } });
    expect([wrong.status, wrong.text.includes('nhiều nhất hai chữ số thập phân')]).toEqual([422, true]);
    const [link = ''] = linksTo(pageOf(made.text), '/console/certificates/new');
    const before = await office.fill(link, { fields: { number: 'X', issuer: 'UBND', issuedOn: '2026-05-19' } });
    expect([before.status, before.text.includes('Ngày cấp trước ngày họp')]).toEqual([422, true]);
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
    for (const [heldOn, said] of [
      ['2026-06-02', 'cấp trước ngày ấy'],
      ['2026-11-25', 'Hội đồng chưa họp'],
    ] as const)
      expect((await office.fill(`/console/evaluations/${id}/edit`, { fields: { heldOn } })).text).toContain(said);
    await office.fill(`/console/evaluations/${id}/edit`, { fields: { heldOn: '2026-06-01' } });
    expect(await api.store.evaluations.get(id)).toMatchObject({ heldOn: '2026-06-01' });
  });

  test('whoever revokes a certificate is told which other one the stars then rest on', async () => {
    const terms = [
      { id: 'held', issuedOn: '2026-01-01', expiresOn: '2028-12-31', revocation: null },
      { id: 'gone', issuedOn: '2026-01-01', expiresOn: '2028-12-31', revocation: { on: '2026-01-02', reason: 'x' } },
      { id: 'to-come', issuedOn: '2030-01-01', expiresOn: '2032-12-31', revocation: null },
    ];
    for (const { id, ...term } of terms) {
      const owner = { officeId: CAST.officeA, producerId: CAST.producerA1, productId: 'twice-rated' };
      const doc = aCertificate({ ...owner, ...term, id, number: `NO-${id}`, stars: 3 });
      await saveNew(api.ctx, api.actor('admin'), {
        collection: 'certificates',
        doc,
        action: 'make-certificate',
        answer: null,
      });
    }
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'products',
      doc: aProduct({ id: 'twice-rated', officeId: CAST.officeA, producerId: CAST.producerA1 }),
      action: 'make-product',
      answer: null,
    });
    const page = (await office.open('/console/certificates/to-come')).text;
    expect(page).toContain('Sản phẩm còn giấy chứng nhận khác');
    expect([page.includes('NO-held'), page.includes('NO-gone')]).toEqual([true, false]);
    expect(page).toContain('Chưa đến ngày cấp');
    const list = (await office.open('/console/certificates?state=upcoming')).text;
    expect([list.includes('NO-to-come'), list.includes('NO-held')]).toEqual([true, false]);
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
    expect(linksTo(pageOf(page.text), '/console/certificates/new')).toEqual([]);
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
    expect([bare.status, faultOf(pageOf(bare.text), 'Căn cứ gia hạn')]).toEqual([422, 'Xin điền mục này.']);
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
    const papers = linksTo(pageOf(page.text), '/console/papers/');
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
    const lines = spokenTextOf(pageOf(page.text).querySelector('main'));
    expect(lines.match(/(?:sửa|thêm) chứng nhận/g)?.length).toBeGreaterThanOrEqual(4);
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
      expect(titleOf(pageOf(page.text))).not.toBe('');
      expect(page.text).not.toMatch(/undefined|\[object/);
    }
  });
});
