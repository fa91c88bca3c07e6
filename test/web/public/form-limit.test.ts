import { expect, test } from '@jest/globals';
import express from 'express';
import supertest from 'supertest';
import { pageHeaders } from '../../../server/web/public/exchange.ts';
import { formLimit } from '../../../server/web/public/form-limit.ts';

test('every answer says how many forms are left, and a refused one when to come again', async () => {
  let nowMs = 0;
  const app = express();
  const headers = pageHeaders('https://tem.example.vn');
  app.post('/', formLimit(1, { networkOf: () => 'n', now: () => new Date(nowMs), headers }), (_request, response) => {
    response.sendStatus(204);
  });
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
  expect(second.text).toContain('<html lang="vi">');
  nowMs = 600_000;
  expect((await supertest(app).post('/')).status).toBe(204);
});
