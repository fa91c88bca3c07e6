// Pages in gzip, whose parts are compressed once: to a reader they are the same to the byte.

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { cutShape, fillShape, marksFor } from '../../server/scan/page-shape.ts';
import { fillZipped } from '../../server/scan/zipped-shape.ts';
import { aBatch, aRecall } from '../fixtures/records/batches.ts';
import { aScanDesk, codeOf, forgedCode } from '../fixtures/scan-desk.ts';

const GZIP = { accept: 'text/html', 'accept-encoding': 'gzip, deflate, br' };
/** Of a page with its headers, so that it comes in the first flight of a connection (ten segments). */
const WIRE_BYTES_MAX = 14_000;

describe('a page in gzip', () => {
  test.each([
    ['valid', {}, codeOf(12)],
    ['recalled', { recalls: [aRecall()] }, codeOf(12)],
    ['not activated', { batches: [aBatch({ activations: [] })] }, codeOf(12)],
    ['with a PIN', { batches: [aBatch({ pin: true })] }, codeOf(12)],
    ['not ours', {}, forgedCode(12)],
    ['malformed', {}, 'ABC'],
  ])('is the plain page, less than half as long: %s', async (_, records, code) => {
    for (const language of ['vi', 'en']) {
      const desk = aScanDesk(records);
      const path = `/t/${code}?lang=${language}`;
      // The first scan says so; after it both ask alike.
      await desk.page(path);
      const plain = await desk.get(path, { headers: { accept: 'text/html' } });
      const zipped = await desk.get(path, { headers: GZIP });
      expect(zipped.headers).toMatchObject({
        'Content-Encoding': 'gzip',
        Vary: expect.stringContaining('Accept-Encoding'),
      });
      expect(plain.headers).not.toHaveProperty('Content-Encoding');
      expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
      expect(zipped.contentLength).toBe(zipped.body.length);
      expect(zipped.body.length).toBeLessThan(plain.body.length / 2);
      const headers = JSON.stringify(zipped.headers).length;
      expect(plain.body.length + headers).toBeLessThanOrEqual(WIRE_BYTES_MAX);
      const head = await desk.get(path, { method: 'HEAD', headers: GZIP });
      expect([head.body.length, head.contentLength > 1_000]).toEqual([0, true]);
    }
  });

  test('holds any text in its holes, also none and ones that repeat the page', () => {
    const holes = ['a', 'b', 'c'] as const;
    const marks = marksFor(holes);
    const shape = cutShape(
      `<p>Tem hợp lệ ${marks.a}</p>${'<p>Tem hợp lệ</p>'.repeat(50)}${marks.b}${marks.a}<p>Tem hợp lệ</p>${marks.c}`,
      holes,
    );
    for (const [b, c] of [
      ['', ''],
      ['Tem hợp lệ', '😀'.repeat(9_000)],
      ['\u0001', 'x'],
    ] as const) {
      const texts = { a: 'ABCD', b, c };
      expect(gunzipSync(fillZipped(shape, texts, { a: 4 })).toString()).toBe(fillShape(shape, texts).toString());
    }
    expect(() => fillZipped(shape, { a: 'ABC', b: '', c: '' }, { a: 4 })).toThrow(RangeError);
  });
});

describe('goods as JSON-LD', () => {
  const ld = async (desk: ReturnType<typeof aScanDesk>): Promise<Record<string, unknown>> =>
    desk.json(`/t/${codeOf(12)}`, { headers: { accept: 'application/ld+json' } });

  test('name what the page shows, and are no scan', async () => {
    const desk = aScanDesk();
    const answer = await desk.get(`/t/${codeOf(12)}`, { headers: { accept: 'application/ld+json' } });
    expect(answer.headers['Content-Type']).toBe('application/ld+json; charset=utf-8');
    expect(await ld(desk)).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Product',
      url: `https://tem.example.vn/t/${codeOf(12)}`,
      manufacturer: { '@type': 'Organization', address: { addressCountry: 'VN' } },
      hasCertification: [{ certificationStatus: 'https://schema.org/CertificationActive' }],
      additionalProperty: expect.arrayContaining([{ '@type': 'PropertyValue', name: 'verdict', value: 'valid' }]),
    });
    expect((await desk.json(`/t/${codeOf(12)}`))['scans']).toMatchObject({ count: 1 });
  });

  test('a stamp that stands on no goods names its page alone; one that is not ours is 404 JSON', async () => {
    expect(await ld(aScanDesk({ batches: [aBatch({ activations: [] })] }))).toMatchObject({ '@type': 'WebPage' });
    const unknown = await aScanDesk().get(`/t/${forgedCode(12)}`, { headers: { accept: 'application/ld+json' } });
    expect([unknown.status, unknown.headers['Content-Type'], unknown.body.toString()]).toEqual([
      404,
      'application/json; charset=utf-8',
      '{"verdict":"unknown","reason":"not-ours"}',
    ]);
  });
});
