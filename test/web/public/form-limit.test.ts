import { describe, expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { pageHeaders } from '../../../server/web/public/exchange.ts';
import { pageLimit } from '../../../server/web/public/form-limit.ts';
import { FormLimit } from '../../../server/web/public/forms/form-limit.ts';
import { ProblemError } from '../../../server/web/errors.ts';
import { RefusalHold } from '../../../server/web/refusal-hold.ts';

test('forms that were taken count, each answer says how many are left, and a refused one when to come again', async () => {
  let nowMs = 0;
  let isTaken = true;
  const app = express();
  const limit = new FormLimit(1, { networkOf: () => 'n', now: () => new Date(nowMs) });
  app.post('/', async (request, response) => {
    try {
      await limit.within(request, response, () => (isTaken ? Promise.resolve() : Promise.reject(new Error('faulty'))));
      response.sendStatus(204);
    } catch (error) {
      if (!(error instanceof ProblemError)) return void response.sendStatus(400);
      response.set('Retry-After', String(error.retryAfterSeconds)).sendStatus(429);
    }
  });
  isTaken = false;
  const faulty = await supertest(app).post('/');
  expect([faulty.status, faulty.headers['ratelimit-remaining']]).toEqual([400, '1']);
  isTaken = true;
  const first = await supertest(app).post('/');
  expect([first.status, first.headers]).toEqual([
    204,
    expect.objectContaining({
      'ratelimit-policy': '1;w=600',
      'ratelimit-limit': '1',
      'ratelimit-remaining': '0',
      'ratelimit-reset': '600',
    }),
  ]);
  expect(first.headers).not.toHaveProperty('retry-after');
  nowMs = 90_500;
  const second = await supertest(app).post('/');
  expect([second.status, second.headers]).toEqual([
    429,
    expect.objectContaining({ 'ratelimit-remaining': '0', 'ratelimit-reset': '510', 'retry-after': '510' }),
  ]);
  nowMs = 600_000;
  expect((await supertest(app).post('/')).status).toBe(204);
});

describe('pages and files', () => {
  const headers = pageHeaders('https://tem.example.vn');
  const limited = (max: number, now: () => Date): express.Express => {
    const app = express();
    app.set('trust proxy', 1);
    app.use(pageLimit({ networkOf: (address) => address, now, headers }, new RefusalHold(0), max));
    app.use((_request, response) => void response.sendStatus(204));
    return app;
  };

  test('of one network are bounded, those of another are not touched, and they come back', async () => {
    let nowMs = 0;
    const app = limited(60, () => new Date(nowMs));
    const ask = (address: string): supertest.Test => supertest(app).get('/').set('X-Forwarded-For', address);
    for (let i = 0; i < 60; i += 1) expect((await ask('203.0.113.1')).status).toBe(204);
    const refused = await ask('203.0.113.1');
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(refused.text).toContain('<html lang="vi">');
    expect((await ask('198.51.100.9')).status).toBe(204);
    nowMs = 1_000;
    expect((await ask('203.0.113.1')).status).toBe(204);
  });
});
