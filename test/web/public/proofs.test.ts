// Papers behind a lot and a certificate on the public page: handed in by the producer, shown by the office as pictures.

import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import supertest from 'supertest';
import { describe, expect, test } from '@jest/globals';
import { addPaper } from '../../../server/actions/registry/papers.ts';
import { hidePaper, showPaper, showPaperInput } from '../../../server/actions/registry/show-paper.ts';
import { PROOF_PAGES_MAX, PROOF_SIDE_PX, PROOFS_MAX } from '../../../server/domain/registry/proof.ts';
import { textOf } from './page-records.ts';
import { api, code, server } from './public-desk.ts';

const LOT = 'lot-p';
const SHOW = showPaperInput.parse({
  reference: 'KN-2026/118',
  issuedBy: 'Trung tâm Kiểm nghiệm (mẫu)',
  link: 'https://kiemnghiem.example/118',
});

async function pdfOf(pages: number): Promise<Uint8Array> {
  const document = new PDFDocument({ size: 'A4' });
  for (let page = 0; page < pages; page += 1) {
    if (page > 0) document.addPage();
    // Red, so that swapped colours would be seen.
    document.rect(0, 0, 595, 842).fill('#a3221b');
  }
  document.end();
  const parts: Buffer[] = [];
  for await (const part of document) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function paperOf(bytes: Uint8Array): Promise<string> {
  const input = { subject: 'lot', id: LOT, kind: 'test-result', name: 'kiem-nghiem.pdf', bytes } as const;
  const paper = await addPaper(api.actor('producerA1'), input, api.ctx);
  if (!paper.ok || paper.value.kind !== 'done') throw new Error('the paper was not taken');
  return paper.value.value.id;
}

const get = (path: string): supertest.Test => supertest(server).get(path).set('Accept', 'text/html');

describe('a paper that buyers may see', () => {
  test('is shown by the office alone, as pictures with who said what when, and taken off again', async () => {
    const id = await paperOf(await pdfOf(PROOF_PAGES_MAX + 2));
    for (const name of ['producerA1', 'inspectorA', 'officeB'] as const) {
      const refused = await showPaper(api.actor(name), { id, show: SHOW }, api.ctx);
      expect([name, refused.ok]).toEqual([name, false]);
    }
    expect((await showPaper(api.actor('officeA'), { id, show: SHOW }, api.ctx)).ok).toBe(true);

    const page = (await get(`/t/${code}`)).text;
    expect(page).toContain(`href="/t/${code}/record?lang=vi#lot"`);
    const record = (await get(`/t/${code}/record`)).text;
    for (const words of [
      'Kết quả kiểm nghiệm',
      'Số: KN-2026/118',
      'Nơi cấp: Trung tâm Kiểm nghiệm (mẫu)',
      'Xem ở trang của nơi cấp: kiemnghiem.example',
      'Giấy còn 2 trang nữa.',
      'đối chiếu và cho xem từ ngày',
    ])
      expect(textOf(record)).toContain(words);
    const shown = record.matchAll(/<img src="(\/photos\/[^"]+)" width="168" height="238"/g);
    const pictures = [...shown].map(([, path = '']) => path);
    expect(pictures).toHaveLength(PROOF_PAGES_MAX);
    const picture = await get(pictures[0] ?? '').buffer(true);
    expect([picture.status, picture.type]).toEqual([200, 'image/webp']);
    const { width, height } = await sharp(picture.body as Buffer).metadata();
    expect([height, width < PROOF_SIDE_PX]).toEqual([PROOF_SIDE_PX, true]);
    const { dominant } = await sharp(picture.body as Buffer).stats();
    expect(dominant.r).toBeGreaterThan(dominant.b);

    const { body } = await supertest(server).get(`/t/${code}`).set('Accept', 'application/json');
    const { lot } = body as { lot: { proofs: unknown[] } };
    expect(lot.proofs).toMatchObject([{ kind: 'test-result', reference: 'KN-2026/118', handedInBy: 'producer' }]);

    expect((await hidePaper(api.actor('officeA'), { id }, api.ctx)).ok).toBe(true);
    expect((await get(`/t/${code}`)).text).not.toContain('#lot');
  });

  test('that cannot be drawn is refused with its reason, and one record shows a bounded number', async () => {
    const broken = await paperOf(Buffer.from('%PDF-1.7 no pages'));
    expect(await showPaper(api.actor('officeA'), { id: broken, show: SHOW }, api.ctx)).toMatchObject({
      ok: false,
      problem: { errors: [{ path: ['paper'], code: 'broken' }] },
    });
    const one = await pdfOf(1);
    for (let shown = 0; shown < PROOFS_MAX; shown += 1)
      expect((await showPaper(api.actor('officeA'), { id: await paperOf(one), show: SHOW }, api.ctx)).ok).toBe(true);
    expect(await showPaper(api.actor('officeA'), { id: await paperOf(one), show: SHOW }, api.ctx)).toMatchObject({
      ok: false,
      problem: { errors: [{ path: ['paper'], code: 'too-many' }] },
    });
    const { success } = showPaperInput.safeParse({ link: 'http://kiemnghiem.example' });
    expect(success).toBe(false);
  });
});
