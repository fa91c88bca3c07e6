// What a page of another site can do to a stamp through its visitors' browsers: nothing. Otherwise many networks could
// be made to send wrong PINs or complaints.

import { describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { ORIGIN } from '../../fixtures/api.ts';
import { api, code, pin, pinCode, server } from './public-desk.ts';

const COMPLAINT = { about: 'other', message: 'Tem rách' };
const forms = (): readonly (readonly [string, object])[] => [
  [`/t/${code}/complaint`, COMPLAINT],
  [`/t/${pinCode}/pin`, { pin: pin === '000000' ? '000001' : '000000' }],
];

const OTHERS: readonly Record<string, string>[] = [
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
  { 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.temtrace.example' },
  { 'Sec-Fetch-Site': 'cross-site', Origin: 'null' },
  { Origin: 'https://evil.example' },
];

describe('a form of the public', () => {
  test.each(OTHERS)('is refused from another site, and counts for nobody: %j', async (headers) => {
    const before = await api.auditHead();
    for (const [path, body] of forms()) {
      // More than a network may send; not one is counted.
      for (let sent = 0; sent < 40; sent += 1) {
        const answer = await supertest(server).post(path).set(headers).type('form').send(body);
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(await api.auditHead()).toEqual(before);
  });

  test.each([
    ['our own page', { 'Sec-Fetch-Site': 'same-origin', Origin: ORIGIN }],
    ['our own page in a browser that does not state the site', { Origin: 'null' }],
    ['our own page, by its origin', { Origin: ORIGIN }],
    ['a program', {}],
  ])('is taken from %s', async (_, headers) => {
    const answer = await supertest(server).post(`/t/${code}/complaint`).set(headers).type('form').send(COMPLAINT);
    expect(answer.status).toBe(303);
  });
});
