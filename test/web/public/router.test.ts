import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import supertest from 'supertest';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { nextVersion, saveChange, saveNew } from '../../../server/actions/kit/save.ts';
import { makeAnswerScan, type AnswerScan } from '../../../server/scan/answer-scan.ts';
import { StoreError, type Store } from '../../../server/store/store.ts';
import { PROBLEMS } from '../../../server/domain/problem.ts';
import { problemBody, problemOfError } from '../../../server/web/errors.ts';
import { expressScanMount } from '../../../server/web/public/mount.ts';
import { scanPages } from '../../../server/web/public/pages.ts';
import { answerNotFound, publicRouter } from '../../../server/web/public/router.ts';
import { SYMBOL_READER } from '../../../server/web/symbol-reader-files.ts';
import { CAST, openTestApi, ORIGIN, type TestApi } from '../../fixtures/api.ts';
import { aLot, aRecall, MADE_AT, TIME_ZONE } from '../../fixtures/records.ts';

let api: TestApi;
let answerScan: AnswerScan;
let server: Server;
let code: string;
let pinCode: string;
let pin: string;
const logged: object[] = [];
const nothing = { warn: (fields: object) => logged.push(fields), error: (fields: object) => logged.push(fields) };

function scanOver(store: Store): AnswerScan {
  return makeAnswerScan({
    store,
    unwrap: (batch) => keysOf(api.ctx, batch),
    now: api.context.now,
    random: api.context.random,
    timeZone: TIME_ZONE,
    publicOrigin: ORIGIN,
    placeHeader: null,
    log: nothing,
    pages: scanPages(ORIGIN),
    isSignedIn: () => false,
    wait: () => Promise.resolve(),
  });
}

/** Answers problems as the application does. */
const answerError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const problem = problemOfError(error);
  if (problem === null) return void response.status(500).end(String(error));
  response.status(PROBLEMS[problem.code]).json(problemBody(problem));
};

function appOver(scan: AnswerScan): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.use(expressScanMount(scan, () => false));
  app.use(publicRouter({ context: () => api.context, answerScan: scan, log: nothing }));
  app.use(answerNotFound(ORIGIN));
  app.use(answerError);
  return app;
}

async function issued(
  more: Record<string, unknown>,
): Promise<{ id: string; codeOf: (serial: number) => string; pinOf: (serial: number) => string }> {
  const answer = await api.as('officeA').post('/batches', more);
  expect(answer.status).toBe(201);
  const batch = await api.store.batches.get(String(answer.body['id']));
  if (batch === null) throw new Error('not issued');
  const keys = keysOf(api.ctx, batch);
  return { id: batch.id, codeOf: (serial) => keys.codeOf(serial), pinOf: (serial) => keys.pinOf(serial) };
}

beforeAll(async () => {
  api = await openTestApi();
  const lot = aLot({
    id: 'lot-p',
    officeId: CAST.officeA,
    producerId: CAST.producerA1,
    productId: CAST.productA1,
    number: 'L-P',
  });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'lots', doc: lot, action: 'make-lot', answer: null });
  const plain = await issued({ lotId: lot.id, quantity: 100 });
  const withPins = await issued({ lotId: lot.id, quantity: 100, pin: true });
  code = plain.codeOf(3);
  pinCode = withPins.codeOf(3);
  pin = withPins.pinOf(3);
  answerScan = scanOver(api.store);
  server = createServer(appOver(answerScan));
  server.listen(0);
});
afterAll(async () => {
  server.close();
  answerScan.stop();
  await api.close();
});

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
    expect(await api.store.scans.refusals('2026-11-24', '2026-11-24', 10)).toMatchObject([
      { reason: 'malformed', batchId: null, count: 1 },
    ]);
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
    const other = /href="(\/check\?code=[^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await supertest(server).get(other.replaceAll('&amp;', '&'))).status).toBe(400);
  });
});

describe('complaints', () => {
  const path = (): string => `/t/${code}/complaint`;

  test('a JSON complaint is filed and numbered', async () => {
    const answer = await supertest(server)
      .post(path())
      .send({ about: 'looks-copied', message: 'Tem bị nhòe', where: 'Chợ' });
    expect([answer.status, answer.body]).toEqual([201, { number: expect.stringMatching(/^K-[0-9A-Z]{6}$/) }]);
    const stored = await api.store.complaints.findBy('number', [String((answer.body as { number: string }).number)]);
    expect(stored).toMatchObject({
      about: 'looks-copied',
      message: 'Tem bị nhòe',
      where: 'Chợ',
      contact: null,
      serial: 3,
      state: 'new',
    });
  });

  test('a form is thanked with its number and the office’s name', async () => {
    expect((await supertest(server).get(path())).text).toContain(`<form method="post" action="${path()}?lang=vi">`);
    const answer = await supertest(server)
      .post(path())
      .type('form')
      .send({ about: 'opened', message: 'Nắp bị mở\nTem rách', where: '', contact: '' });
    expect(answer.status).toBe(201);
    expect(answer.text).toMatch(/Số phản ánh của bạn: <b class="b">K-[0-9A-Z]{6}<\/b>/);
    expect(answer.text).toContain('Văn phòng OCOP A');
  });

  test('a form with something missing keeps what was typed and says what is wrong beside it', async () => {
    const answer = await supertest(server)
      .post(`${path()}?lang=en`)
      .type('form')
      .send({ message: ' ', where: 'Chợ <b>' });
    expect(answer.status).toBe(400);
    for (const words of [
      'Please choose one.',
      'Please write a few words',
      'value="Chợ &lt;b&gt;"',
      'aria-describedby="message-fault"',
    ])
      expect(answer.text).toContain(words);
    expect(
      (
        await supertest(server)
          .post(path())
          .type('form')
          .send({ about: 'other', message: 'x'.repeat(2_001) })
      ).text,
    ).toContain('nhiều nhất 2000');
  });

  test.each([
    [{ about: 'other' }, 400, 'message'],
    [{ about: 'rumour', message: 'x' }, 400, 'about'],
    [{ about: 'other', message: 'x', extra: 1 }, 400, 'extra'],
  ])('JSON %p is refused at its field', async (body, status, field) => {
    const answer = await supertest(server).post(path()).send(body);
    expect([answer.status, answer.body]).toEqual([
      status,
      expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ path: [field] })] }),
    ]);
  });

  test('a code that is not ours answers as the look-up does, to GET and POST', async () => {
    const forged = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    const seen = await supertest(server).get(`/t/${forged}`).set('Accept', 'application/json');
    const posted = await supertest(server).post(`/t/${forged}/complaint`).send({ about: 'other', message: 'x' });
    expect([posted.status, posted.body]).toEqual([404, seen.body]);
    expect((await supertest(server).get('/t/7K3/complaint')).text).toContain('còn thiếu <b>15</b>');
  });

  test('beyond the limit a network is asked to wait', async () => {
    const limited = createServer(appOver(answerScan)).listen(0);
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++)
      statuses.push((await supertest(limited).post('/t/7K3/complaint').type('form').send({})).status);
    const page = await supertest(limited).post('/t/7K3/complaint').type('form').send({});
    limited.close();
    expect([
      statuses.slice(0, 20).every((status) => status === 404),
      statuses[20],
      page.headers['retry-after'],
    ]).toEqual([true, 429, expect.stringMatching(/^\d+$/)]);
    expect(page.text).toContain('Xin chờ một lát');
  });
});

describe('PINs', () => {
  const post = (body: object, to = pinCode): supertest.Test =>
    supertest(server).post(`/t/${to}/pin`).type('form').send(body);

  test('wrong, right, used before: each has its page and its JSON', async () => {
    const wrong = pin === '000000' ? '000001' : '000000';
    expect((await post({ pin: wrong })).text).toContain('Mã cào không khớp');
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin: wrong })).body).toEqual({
      kind: 'wrong',
      triesLeft: 3,
    });
    expect((await post({ pin: ` ${pin.slice(0, 3)}-${pin.slice(3)} ` })).text).toContain('Mã cào đúng');
    expect((await post({ pin })).text).toContain('Nó được nhập lần đầu ngày <b>24/11/2026</b>');
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin })).body).toEqual({
      kind: 'used-before',
      firstUsedAt: MADE_AT,
    });
  });

  test('after too many wrong ones the stamp is locked, and says until when', async () => {
    for (let i = 0; i < 5; i++) await post({ pin: pin === '000000' ? '000001' : '000000' });
    expect((await post({ pin })).text).toContain('Xin thử lại sau 24/11/2026, 10:15');
  });

  test('what is no PIN, and a stamp without one, are told apart', async () => {
    const malformed = await post({ pin: '12' });
    expect([malformed.status, malformed.text.includes('Mã cào có 6 chữ số')]).toEqual([400, true]);
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin: '12' })).status).toBe(400);
    const none = await post({ pin: '123456' }, code);
    expect([none.status, none.text.includes('Tem này không có mã cào')]).toEqual([409, true]);
    expect((await supertest(server).post(`/t/${code}/pin`).send({ pin: '123456' })).body).toMatchObject({
      code: 'no-pins',
    });
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
      expect([path, policy]).toEqual([path, expect.not.stringMatching(/script-src|wasm|connect-src/)]);
    }
    expect((await supertest(server).get('/check?code=7')).headers['content-security-policy']).toContain(
      "'wasm-unsafe-eval'",
    );
  });

  test('any other address has a page that says so', async () => {
    const page = await supertest(server).get('/nowhere?lang=en');
    expect([page.status, page.text.includes('There is no such page')]).toEqual([404, true]);
  });
});

test('with the store away, forms get a page that says nothing of the stamp', async () => {
  const away = (): Promise<never> => Promise.reject(new StoreError('unavailable', 'away'));
  const store: Store = { ...api.store, batches: { ...api.store.batches, get: away } };
  const scan = scanOver(store);
  const app = createServer(appOver(scan)).listen(0);
  const page = await supertest(app).get(`/t/${code}/complaint`);
  const json = await supertest(app).post(`/t/${code}/complaint`).send({ about: 'other', message: 'x' });
  app.close();
  scan.stop();
  expect([page.status, page.headers['retry-after'], page.text.includes('Chưa kiểm tra được lúc này')]).toEqual([
    503,
    '5',
    true,
  ]);
  expect([json.status, json.body]).toEqual([503, expect.objectContaining({ code: 'cannot-check-now' })]);
  expect(logged).toEqual(expect.arrayContaining([expect.objectContaining({ event: 'public.cannot-answer' })]));
});
