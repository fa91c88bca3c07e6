// The public pages and files over HTTP: a look-up, the front page and its box.

import { describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { nextVersion, saveChange, saveNew } from '../../../server/actions/kit/save.ts';
import { serveSecurityTxt } from '../../../server/web/public/security-txt.ts';
import { SYMBOL_READER } from '../../../server/web/symbol-reader-files.ts';
import { CAST, ORIGIN } from '../../fixtures/api.ts';
import { aRecall } from '../../fixtures/records/batches.ts';
import { MADE_AT } from '../../fixtures/records/cast.ts';
import { answerScan, api, code, server } from './public-desk.ts';

describe('a look-up through the embedded store', () => {
  test('records, counts, tells repeats, and shows a recall at once', async () => {
    const first = await supertest(server).get(`/t/${code}`).set('Accept', 'application/json');
    expect([first.status, first.body]).toEqual([
      200,
      expect.objectContaining({ verdict: 'valid', serial: 3, scans: { count: 1, first: true, firstOn: '2026-11-24' } }),
    ]);
    const again = await supertest(server).get(`/t/${code}`).set('Accept', 'application/json');
    expect(again.body).toMatchObject({ scans: { count: 1, first: true } });
    const { items } = await api.store.scans.list(
      { batchId: code.slice(0, 6), from: null, to: null, serial: 3 },
      { limit: 10, after: null },
    );
    expect(items).toMatchObject([{ serial: 3, verdict: 'valid', counted: true }]);

    const recall = aRecall({
      id: 'recall-p',
      officeId: CAST.officeA,
      producerId: CAST.producerA1,
      scope: { kind: 'lot', lotId: 'lot-p' },
    });
    await saveNew(api.ctx, api.actor('admin'), {
      collection: 'recalls',
      doc: recall,
      action: 'make-recall',
      answer: null,
    });
    expect((await supertest(server).get(`/t/${code}`).set('Accept', 'application/json')).body).toMatchObject({
      verdict: 'recalled',
    });
    const withdrawn = nextVersion(api.ctx, recall, { withdrawal: { at: MADE_AT, by: 'u', note: null } });
    await saveChange(api.ctx, api.actor('admin'), {
      collection: 'recalls',
      before: recall,
      doc: withdrawn,
      action: 'withdraw-recall',
      answer: null,
    });
    expect((await supertest(server).get(`/t/${code}`).set('Accept', 'application/json')).body).toMatchObject({
      verdict: 'valid',
    });
  });

  test('counts its refusals into the store', async () => {
    await supertest(server).get('/t/7K3');
    await answerScan.flushRefusals();
    expect(
      await api.store.scans.refusals({ from: '2026-11-24', to: '2026-11-24' }, ['malformed', 'not-ours'], 10),
    ).toMatchObject([{ reason: 'malformed', batchId: null, count: 1 }]);
  });
});

describe('the front page and its box', () => {
  test('names the host and what we never ask, and may run our own script alone', async () => {
    const page = await supertest(server).get('/');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<b>temtrace.example</b>');
    expect(page.text).toContain('mật khẩu, mã OTP');
    expect(page.text).toContain('<script src="/camera-scan.js" defer></script>');
    expect(page.headers['content-security-policy']).toContain(
      "script-src 'self' 'wasm-unsafe-eval';connect-src 'self';",
    );
    expect(page.headers['set-cookie']).toBeUndefined();
    expect((await supertest(server).get('/').set('Accept-Language', 'en')).text).toContain('<html lang="en">');
  });

  test.each([
    [
      'the code with hyphens',
      (typed: string): string => `${typed.slice(0, 6)}-${typed.slice(6, 12)}-${typed.slice(12)}`,
    ],
    ['small letters and spaces', (typed: string): string => `  ${typed.slice(0, 6).toLowerCase()} ${typed.slice(6)} `],
    ['a whole address', (typed: string): string => `HTTPS://TEMTRACE.EXAMPLE/T/${typed}?x=1`],
  ])('%s leads to the stamp', async (_, write) => {
    const answer = await supertest(server).get(`/check?code=${encodeURIComponent(write(code))}`);
    expect([answer.status, answer.headers['location']]).toEqual([303, `/t/${code}`]);
    expect(
      (await supertest(server).get(`/check?code=${encodeURIComponent(write(code))}&lang=en`)).headers['location'],
    ).toBe(`/t/${code}?lang=en`);
  });

  test('whatever is typed, the way leads to our own addresses only', async () => {
    for (const typed of ['//evil.example/', 'https://evil.example/t/x', `https://evil.example/T/${code}`, '\\\\evil']) {
      const location = (await supertest(server).get(`/check?code=${encodeURIComponent(typed)}`)).headers['location'];
      expect(location === undefined || location === `/t/${code}`).toBe(true);
    }
  });

  test('a code that cannot be one comes back as typed, with the symbol underlined and what is missing said', async () => {
    const symbol = await supertest(server).get('/check?code=7k3m9q-00u');
    expect(symbol.status).toBe(400);
    expect(symbol.text).toContain('value="7k3m9q-00u"');
    expect(symbol.text).toContain('<code>7k3m9q-00<u>u</u></code>');
    expect(symbol.text).toContain('Ký tự <b>u</b> không có trong mã tem nào. Xin so lại từng ký tự.');
    expect((await supertest(server).get('/check?code=7k3m9q-00&lang=en')).text).toContain(
      '<b>10</b> are missing. Please compare each letter.',
    );
    expect((await supertest(server).get(`/check?code=${code}11`)).text).toContain('đang thừa <b>2</b>');
    expect((await supertest(server).get('/check')).status).toBe(400);
  });

  test.each([
    ['quotes', '"'],
    ['ampersands', '&'],
    ['letters of four bytes', '😀'],
    ['letters cut in two', 'a😀'],
  ])('%s by the thousand come back cut, on a page of at most 12 KB', async (_, letters) => {
    const page = await supertest(server).get(`/check?code=${encodeURIComponent(letters.repeat(600))}`);
    expect(page.status).toBe(400);
    expect(Buffer.byteLength(page.text)).toBeLessThanOrEqual(12 * 1024);
    expect(page.text).toContain('formaction="/check" name="lang" value="en"');
  });
});

describe('files', () => {
  test('a photograph is kept by whoever has it, and is answered by its tag', async () => {
    await api.store.files.put('photo-1', 'image/webp', Buffer.from('RIFF....WEBP'));
    const photo = await supertest(server).get('/photos/photo-1');
    expect([photo.status, photo.headers['content-type'], photo.headers['cache-control']]).toEqual([
      200,
      'image/webp',
      'public, max-age=31536000, immutable',
    ]);
    expect((await supertest(server).get('/photos/photo-1').set('If-None-Match', '"photo-1"')).status).toBe(304);
  });

  test('what is no picture is not served as one', async () => {
    await api.store.files.put('page-1', 'text/html', Buffer.from('<script>'));
    for (const id of ['page-1', 'absent', '..%2F..%2Fpackage.json'])
      expect((await supertest(server).get(`/photos/${id}`)).status).toBe(404);
  });

  test.each([
    ['/icon.svg', 'image/svg+xml'],
    ['/robots.txt', 'text/plain; charset=utf-8'],
    ['/favicon.ico', 'image/vnd.microsoft.icon'],
    ['/apple-touch-icon.png', 'image/png'],
    ['/preview.png', 'image/png'],
    ['/manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['/camera-scan.js', 'text/javascript; charset=utf-8'],
  ])('%s is there', async (path, type) => {
    const file = await supertest(server).get(path);
    expect([file.status, file.headers['content-type']]).toEqual([200, type]);
  });

  test('what reads QR codes comes from our own origin, whole, and is kept for a year', async () => {
    const folder = SYMBOL_READER.slice(0, SYMBOL_READER.lastIndexOf('/'));
    expect((await supertest(server).get('/')).text).toContain(`data-reader="${SYMBOL_READER}"`);
    const served = [
      ['read-symbols.js', /^text\/javascript/],
      ['reader/index.js', /^text\/javascript/],
      ['share.js', /^text\/javascript/],
      ['zxing_reader.wasm', /^application\/wasm$/],
    ] as const;
    for (const [name, type] of served) {
      const plain = await supertest(server)
        .get(`${folder}/${name}`)
        .set('Accept-Encoding', 'identity')
        .responseType('blob');
      expect([name, plain.status, plain.headers['cache-control'], plain.headers['content-encoding']]).toEqual([
        name,
        200,
        'public, max-age=31536000, immutable',
        undefined,
      ]);
      expect(plain.headers['content-type']).toMatch(type);
      const packed = await supertest(server)
        .get(`${folder}/${name}`)
        .set('Accept-Encoding', 'gzip')
        .responseType('blob');
      expect([
        name,
        packed.headers['content-encoding'],
        Buffer.compare(packed.body as Buffer, plain.body as Buffer),
      ]).toEqual([name, 'gzip', 0]);
    }
    expect((await supertest(server).get('/symbol-reader/000000000000/share.js')).status).toBe(404);
  });

  test('no public page but the front page may run it', async () => {
    for (const path of [`/t/${code}`, `/t/${code}/complaint`, '/nowhere']) {
      const policy = (await supertest(server).get(path).set('Accept', 'text/html')).headers['content-security-policy'];
      expect([path, policy]).toEqual([path, expect.not.stringMatching(/wasm|connect-src/)]);
      // A stamp's page may run the file that reads it aloud.
      expect([path, policy?.includes("script-src 'self'")]).toEqual([path, path === `/t/${code}`]);
    }
    expect((await supertest(server).get('/check?code=7')).headers['content-security-policy']).toContain(
      "'wasm-unsafe-eval'",
    );
  });

  test('the front page may be listed and nothing else; a link to a stamp is drawn with neutral words and a picture', async () => {
    expect((await supertest(server).get('/')).headers['x-robots-tag']).toBeUndefined();
    for (const path of ['/check?code=7', `/t/${code}`, `/T/${code}`, `/t/${code}/record`, `/t/${code}/complaint`, '/x'])
      expect([path, (await supertest(server).get(path)).headers['x-robots-tag']]).toEqual([path, 'noindex']);
    const page = (await supertest(server).get(`/t/${code}`)).text;
    expect(page).toMatch(/<meta property="og:title" content="Tra tem: [^"]+, mở để xem tình trạng hiện nay">/);
    expect(page).toContain(`<meta property="og:image" content="${ORIGIN}/preview.png">`);
  });

  test('robots are told of printed addresses too, which are in upper case', async () => {
    const { text } = await supertest(server).get('/robots.txt');
    for (const rule of ['Disallow: /t/', 'Disallow: /T/', 'Disallow: /01/']) expect(text).toContain(`${rule}\n`);
  });

  test('security.txt is there where a contact is set, and is never about to lapse', async () => {
    expect((await supertest(server).get('/.well-known/security.txt')).status).toBe(404);
    const app = express();
    const now = (): Date => new Date('2026-11-24T03:00:00.000Z');
    app.use(serveSecurityTxt({ contact: 'mailto:an@example.vn', publicOrigin: ORIGIN, now }));
    const { text } = await supertest(app).get('/.well-known/security.txt');
    expect(text).toContain('Contact: mailto:an@example.vn\nExpires: 2027-05-23T00:00:00.000Z\n');
  });

  test('a file that is not there costs two words, not a page', async () => {
    for (const path of ['/wp-login.php', '/.env', '/a/b.png', '/.well-known/change-password']) {
      const answer = await supertest(server).get(path).set('Accept', 'text/html');
      expect([path, answer.status, answer.text]).toEqual([path, 404, 'Not found\n']);
    }
  });

  test('any other address has a page that says so', async () => {
    const page = await supertest(server).get('/nowhere?lang=en');
    expect([page.status, page.text.includes('There is no such page')]).toEqual([404, true]);
  });
});
