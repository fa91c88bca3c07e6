// The public forms: complaints and PINs.

import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { formatStampCode } from '../../../../server/domain/stamp/stamp-code.ts';
import { StoreError, type Store } from '../../../../server/store/store.ts';
import { MADE_AT } from '../../../fixtures/records/cast.ts';
import { answerScan, api, appOver, code, logged, pin, pinCode, scanOver, server } from '../public-desk.ts';

describe('complaints', () => {
  const path = (): string => `/t/${code}/complaint`;

  test('a JSON complaint is filed and numbered', async () => {
    const answer = await supertest(server)
      .post(path())
      .send({ about: 'looks-copied', message: 'Tem bị nhòe', where: 'Chợ' });
    expect([answer.status, answer.body]).toEqual([
      201,
      {
        number: expect.stringMatching(/^K-[0-9A-Z]{6}$/),
        page: expect.stringMatching(/^\/phan-anh\/K-[0-9A-Z]{6}\?key=[\w-]{22}$/),
      },
    ]);
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

  test('a form leads to the page of its number, with the office’s name and what was written', async () => {
    expect((await supertest(server).get(path())).text).toContain(`method="post" action="${path()}?lang=vi">`);
    const answer = await supertest(server)
      .post(path())
      .type('form')
      .send({ about: 'opened', message: 'Nắp bị mở\nTem rách', where: '', contact: '' });
    const to = String(answer.headers['location']);
    expect([answer.status, to]).toEqual([303, expect.stringMatching(/^\/phan-anh\/K-.{6}\?key=.{22}&lang=vi&sent=1$/)]);
    const page = await supertest(server).get(to);
    expect(page.status).toBe(200);
    for (const words of [
      'Đã nhận, cảm ơn bạn',
      'Văn phòng OCOP A',
      'Nắp bị mở\nTem rách',
      'Chưa có trả lời.',
      'noindex',
    ])
      expect(page.text + JSON.stringify(page.headers)).toContain(words);
    expect(page.text).toMatch(/Mã phản ánh: <b class="b">K-[0-9A-Z]{6}<\/b>/);
    for (const wrong of [
      to.replace('key=', 'key=x'),
      to.replace('?key=', '?k='),
      '/phan-anh/K-ZZZZZZ?key=x',
      '/phan-anh/x',
    ])
      expect([wrong, (await supertest(server).get(wrong)).status]).toEqual([wrong, 404]);
  });

  test('a sender reads what became of it', async () => {
    const sent = await supertest(server).post(path()).send({ about: 'other', message: 'Lạ' });
    const { number, page } = sent.body as { number: string; page: string };
    const kept = await api.store.complaints.findBy('number', [number]);
    const change = { state: 'closed', note: 'Kín', reply: 'Đã gặp nơi bán.\nCảm ơn bạn.' };
    api.setNow(new Date(Date.parse(MADE_AT) + 60_000).toISOString());
    expect((await api.as('officeA').patch(`/complaints/${kept?.id ?? ''}`, 1, change)).status).toBe(200);
    api.setNow(MADE_AT);
    const { text } = await supertest(server).get(`${page}&lang=vi`);
    for (const words of ['Đã xem xét xong', 'Đã gặp nơi bán.\nCảm ơn bạn.', 'Cập nhật lúc'])
      expect(text).toContain(words);
    expect(text).not.toContain('Kín');
  });

  test('a change of language keeps what was typed, files nothing, and comes without faults', async () => {
    const typed = { about: 'opened', message: 'Nắp <mở>', where: 'Chợ', contact: '', switch: 'en' };
    const answer = await supertest(server).post(`${path()}?lang=vi`).type('form').send(typed);
    expect(answer.status).toBe(200);
    for (const words of ['<html lang="en">', 'Nắp &lt;mở&gt;</textarea>', 'value="Chợ"', 'value="opened" checked'])
      expect(answer.text).toContain(words);
    expect(answer.text).not.toContain('role="alert"');
    expect(answer.text).toContain('name="switch" value="vi" lang="vi">Tiếng Việt</button>');
  });

  test('a message as long as the field takes is taken, whatever its letters', async () => {
    const answer = await supertest(server)
      .post(path())
      .type('form')
      .send({ about: 'other', message: 'ệ'.repeat(2_000) });
    expect(answer.status).toBe(303);
  });

  test('a form too large to be read comes with a way back to it', async () => {
    const answer = await supertest(server)
      .post(path())
      .type('form')
      .send({ message: 'x'.repeat(70_000) });
    expect([answer.status, answer.text.includes('quá lớn'), answer.text.includes(`href="${path()}"`)]).toEqual([
      413,
      true,
      true,
    ]);
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
      '<title>Not sent: Send a report',
      '<div class="es" role="alert" tabindex="-1" autofocus><b>This was not sent</b>',
      '<a href="#about">Please choose one.</a>',
    ])
      expect(answer.text).toContain(words);
    expect(
      (
        await supertest(server)
          .post(path())
          .type('form')
          .send({ about: 'other', message: 'x'.repeat(2_001) })
      ).text,
    ).toContain('nhiều nhất 2.000');
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

  test('a complaint beyond the day’s bound of its stamp comes back filled, with the reason and a telephone', async () => {
    const [batchId, serial] = [code.slice(0, 6), 3];
    const day = '2026-11-24';
    let taken = 0;
    while (api.context.quotas.take('complaints', `${batchId}:${serial}`, day)) taken += 1;
    const answer = await supertest(server).post(path()).type('form').send({ about: 'opened', message: 'Nắp bị mở' });
    while (taken > 0) {
      api.context.quotas.giveBack('complaints', `${batchId}:${serial}`, day);
      taken -= 1;
    }
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    for (const words of [
      'Nắp bị mở</textarea>',
      'value="opened" checked',
      'đã nhận đủ số phản ánh',
      'Văn phòng OCOP A',
    ])
      expect(answer.text).toContain(words);
  });

  test('beyond the limit of taken ones a form comes back filled, with the reason and a telephone', async () => {
    const limited = createServer(appOver(answerScan)).listen(0);
    const send = (message: string): supertest.Test =>
      supertest(limited).post(`/t/${pinCode}/complaint`).type('form').send({ about: 'opened', message });
    const statuses: number[] = [];
    for (let i = 0; i < 19; i++) statuses.push((await send(`Lần ${i}`)).status);
    // What is faulty, not ours or only read in the other language does not count.
    for (let i = 0; i < 3; i++) statuses.push((await send(' ')).status);
    statuses.push((await send('Lần 20')).status);
    const page = await send('Lần 21');
    const json = await supertest(limited).post(`/t/${pinCode}/complaint`).send({ about: 'other', message: 'x' });
    limited.close();
    expect(statuses).toEqual([...Array<number>(19).fill(303), 400, 400, 400, 303]);
    expect([page.status, page.headers['retry-after']]).toEqual([429, '600']);
    for (const words of [
      'Lần 21</textarea>',
      'value="opened" checked',
      'gửi lại sau 10 phút',
      'role="alert"',
      'Văn phòng OCOP A',
    ])
      expect(page.text).toContain(words);
    expect([json.status, json.body]).toEqual([429, expect.objectContaining({ code: 'too-many-requests' })]);
  });
});

describe('PINs', () => {
  const post = (body: object, to = pinCode, agent = 'phone'): supertest.Test =>
    supertest(server).post(`/t/${to}/pin`).set('User-Agent', agent).type('form').send(body).redirects(1);
  /** Another wrong one each time: the same one sent again is answered again, and not tried. */
  const wrongPin = (nth: number): string => String((Number(pin) + nth) % 1_000_000).padStart(6, '0');

  test('wrong, right, used before: each has its page and its JSON', async () => {
    const wrong = wrongPin(1);
    expect((await post({ pin: wrong })).text).toContain('Mã cào không khớp');
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin: wrong })).body).toEqual({
      kind: 'wrong',
      triesLeft: 3,
    });
    expect((await post({ pin: ` ${pin.slice(0, 3)}-${pin.slice(3)} ` })).text).toContain('Mã cào đúng');
    const again = await post({ pin });
    expect(again.text).toContain('Đây là lần đầu mã cào này được nhập.');
    expect(again.text).toContain(`<code>${formatStampCode(pinCode)}</code>`);
    const other = await post({ pin }, pinCode, 'another phone');
    expect(other.text).toContain('Mã này đã được nhập lần đầu lúc <b>10:00</b> ngày <b>24/11/2026</b>');
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin })).body).toEqual({
      kind: 'used-before',
      firstUsedAt: MADE_AT,
    });
  });

  test('the address of the form has it, and a change of language keeps the digits', async () => {
    const answer = await supertest(server).get(`/t/${pinCode}/pin?lang=en`);
    expect([answer.status, answer.text.includes('6 digits under the scratch layer')]).toEqual([200, true]);
    const other = await post({ pin: '12', switch: 'en' });
    expect([other.status, other.text.includes('value="12"'), other.text.includes('role="alert"')]).toEqual([
      200,
      true,
      false,
    ]);
    expect((await supertest(server).get(`/t/${code}/pin`)).text).toContain('Tem này không có mã cào');
  });

  test('the answer is shown for ten minutes, in both languages, for its own stamp only', async () => {
    const sent = await supertest(server)
      .post(`/t/${pinCode}/pin`)
      .type('form')
      .send({ pin: wrongPin(50) });
    const to = String(sent.headers['location']);
    expect([sent.status, to]).toEqual([303, expect.stringContaining(`/t/${pinCode}/pin?answer=`)]);
    expect((await supertest(server).get(to.replace('lang=vi', 'lang=en'))).text).toContain('The PIN does not match');
    for (const strange of [
      to.replace(pinCode, code),
      to.replace('?answer=', '?answer=x'),
      `/t/${pinCode}/pin?answer=.`,
    ])
      expect((await supertest(server).get(strange)).text).not.toContain('Mã cào không khớp');
    const after = new Date(Date.parse(MADE_AT) + 600_000).toISOString();
    api.setNow(after);
    expect((await supertest(server).get(to)).text).not.toContain('Mã cào không khớp');
    api.setNow(MADE_AT);
  });

  test('after too many wrong ones the stamp is locked, two more are looked at, and then it says until when', async () => {
    for (let i = 0; i < 7; i++) await post({ pin: wrongPin(2 + i) });
    expect((await post({ pin }, pinCode, 'a third phone')).text).toContain('xin thử lại sau 10:15 ngày 24/11/2026');
  });

  test('what is no PIN, and a stamp without one, are told apart', async () => {
    const malformed = await post({ pin: '12' });
    expect([malformed.status, malformed.text.includes('Xin nhập đủ 6 chữ số')]).toEqual([400, true]);
    expect((await supertest(server).post(`/t/${pinCode}/pin`).send({ pin: '12' })).status).toBe(400);
    const none = await post({ pin: '123456' }, code);
    expect([none.status, none.text.includes('Tem này không có mã cào')]).toEqual([409, true]);
    expect((await supertest(server).post(`/t/${code}/pin`).send({ pin: '123456' })).body).toMatchObject({
      code: 'no-pins',
    });
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
