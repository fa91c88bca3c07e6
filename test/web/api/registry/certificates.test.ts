// Evaluations and certificates over the API.

import { describe, expect, test } from '@jest/globals';
import { faults, idOf, problemOf } from '../../../fixtures/api-problems.ts';
import { CAST, testApi } from '../../../fixtures/api.ts';

const api = testApi();

const { producerA1, productA1, productA2 } = CAST;

describe('evaluations and certificates', () => {
  const evaluation = {
    productId: productA1,
    round: '2026-2',
    heldOn: '2026-06-15',
    minimumStars: 5,
    decision: 'OCOP-2026-001',
  };

  test('stars follow score and minimum criteria, and no average is rounded up into a band', async () => {
    const office = api.as('officeA');
    expect(faults(await office.post('/evaluations', { ...evaluation, score: 69.999 }))).toEqual(['score: custom']);
    expect(faults(await office.post('/evaluations', { ...evaluation, score: 100.01 }))).toEqual(['score: custom']);
    const made = await office.post('/evaluations', { ...evaluation, score: 69.99 });
    expect([made.status, made.body['stars'], made.body['score']]).toEqual([201, 3, 69.99]);
    const raised = await office.patch(`/evaluations/${idOf(made)}`, 1, { score: 89.99 });
    expect(raised.body).toMatchObject({ score: 89.99, stars: 4 });
    expect(problemOf(await office.post('/evaluations', { ...evaluation, score: 50 }))).toEqual([409, 'taken']);
    expect((await office.get(`/evaluations?productId=${productA1}&round=2026-2`)).body['items']).toHaveLength(1);
    expect((await office.get(`/evaluations/${idOf(made)}`)).body).toEqual(raised.body);
  });

  test('an OCOP certificate takes its stars from its evaluation and runs 36 months', async () => {
    const office = api.as('officeA');
    const found = (await office.get(`/evaluations?productId=${productA1}&round=2026-2`)).body['items'] as {
      id: string;
      version: number;
    }[];
    const evaluationId = String(found[0]?.id);
    const paper = {
      productId: productA1,
      scheme: 'ocop',
      number: 'OCOP-2026-001',
      issuer: 'UBND tỉnh',
      issuedOn: '2026-06-15',
    };
    expect(faults(await office.post('/certificates', { ...paper, evaluationId, stars: 5 }))).toEqual([
      'stars: not-as-evaluated',
    ]);
    expect(faults(await office.post('/certificates', { ...paper, productId: productA2, evaluationId }))).toEqual([
      'evaluationId: other-product',
    ]);
    const made = await office.post('/certificates', { ...paper, evaluationId });
    expect(made.body).toMatchObject({ stars: 4, imported: false, expiresOn: '2029-06-14', state: 'valid' });
    expect(problemOf(await office.post('/certificates', { ...paper, evaluationId }))).toEqual([409, 'taken']);
    expect(faults(await office.patch(`/evaluations/${evaluationId}`, found[0]?.version, { score: 60 }))).toEqual([
      'score: certificate-rests-on-it',
    ]);
    expect((await api.as('producerA1').get(`/certificates/${idOf(made)}`)).body).toEqual(made.body);
  });

  test('an old one stands without an evaluation, marked so; one and two stars get none', async () => {
    const office = api.as('officeA');
    const paper = {
      productId: productA2,
      scheme: 'ocop',
      number: 'OLD-1',
      issuer: 'UBND huyện (cũ)',
      issuedOn: '2023-03-15',
    };
    expect(faults(await office.post('/certificates', paper))).toEqual(['stars: required']);
    expect((await office.post('/certificates', { ...paper, stars: 2 })).status).toBe(400);
    const made = await office.post('/certificates', { ...paper, stars: 3 });
    expect(made.body).toMatchObject({
      imported: true,
      stars: 3,
      evaluationId: null,
      expiresOn: '2026-03-14',
      state: 'expired',
    });
    const low = await office.post('/evaluations', {
      productId: productA2,
      round: '2026-9',
      heldOn: '2026-09-01',
      score: 49.99,
      minimumStars: 5,
    });
    const resting = { ...paper, number: 'LOW-1', issuedOn: '2026-09-01', evaluationId: idOf(low) };
    expect(faults(await office.post('/certificates', resting))).toEqual(['evaluationId: too-few-stars']);
  });

  test('it is extended with evidence by at most 180 days, revoked with a reason, and both can be taken back', async () => {
    const office = api.as('officeA');
    const made = await office.post('/certificates', {
      producerId: producerA1,
      scheme: 'organic',
      number: 'HC-1',
      issuer: 'Tổ chức',
      issuedOn: '2025-01-01',
      expiresOn: '2026-10-31',
    });
    expect(made.body).toMatchObject({ productId: null, stars: null, imported: false, state: 'expired' });
    const path = `/certificates/${idOf(made)}`;
    expect(faults(await office.patch(path, 1, { extendedTo: '2027-04-29' }))).toEqual(['evidence: required']);
    expect(faults(await office.patch(path, 1, { extendedTo: '2027-04-30', evidence: 'Hồ sơ 12' }))).toEqual([
      'extendedTo: extension-too-long',
    ]);
    expect((await office.patch(path, 1, { extendedTo: '2027-04-29', evidence: 'Hồ sơ 12' })).body).toMatchObject({
      state: 'extended',
      extendedTo: '2027-04-29',
    });
    expect((await office.patch(path, 2, { revokedOn: '2026-11-24', reason: 'Dùng sai nhãn' })).body).toMatchObject({
      state: 'revoked',
    });
    const taken = await office.patch(path, 3, { revokedOn: null, reason: null, extendedTo: null, evidence: null });
    expect(taken.body).toMatchObject({ state: 'expired', extendedTo: null, revokedOn: null });
    expect((await office.get(`/certificates?producerId=${producerA1}&scheme=organic`)).body['items']).toHaveLength(1);
  });
});

describe('whoever revokes is told which certificate the stars then rest on', () => {
  async function aProduct(): Promise<string> {
    const made = { producerId: CAST.producerA2, name: 'Cà phê khác', group: 'food', productSet: 13 };
    return idOf(await api.as('officeA').post('/products', made));
  }
  const of = (productId: string, number: string, issuedOn: string): Record<string, unknown> => ({
    productId,
    scheme: 'ocop',
    stars: 4,
    number,
    issuer: 'UBND tỉnh',
    issuedOn,
  });
  const told = (answer: { body: Record<string, unknown> }): unknown =>
    (answer.body['otherRatings'] as { number: string }[] | undefined)?.map(({ number }) => number);
  const revoked = { revokedOn: '2026-11-20', reason: 'Quyết định 12' };

  test('in the answer to one certificate and to its revocation, never in a list', async () => {
    const office = api.as('officeA');
    const product = await aProduct();
    const older = await office.post('/certificates', of(product, 'FIRST-1', '2024-06-01'));
    const newer = await office.post('/certificates', of(product, 'SECOND-1', '2026-06-01'));
    await office.post('/certificates', { ...of(product, 'GONE-1', '2020-01-01') });
    expect(told(await office.get(`/certificates/${idOf(newer)}`))).toEqual(['FIRST-1']);
    const list = (await office.get(`/certificates?productId=${product}`)).body['items'] as object[];
    expect(list.filter((one) => 'otherRatings' in one)).toEqual([]);
    const answer = await office.patch(`/certificates/${idOf(newer)}`, 1, revoked);
    expect([answer.status, told(answer)]).toEqual([200, ['FIRST-1']]);
    expect(answer.body['otherRatings']).toEqual([
      { id: idOf(older), number: 'FIRST-1', stars: 4, lastDay: '2027-05-31' },
    ]);
    // It was the last one; nothing else gives stars.
    expect(told(await office.patch(`/certificates/${idOf(older)}`, 1, revoked))).toBeUndefined();
    expect(told(await api.as('inspectorA').get(`/certificates/${idOf(newer)}`))).toBeUndefined();
  });

  test('also who approves that a producer’s certificate is revoked', async () => {
    const office = api.as('officeA');
    const product = await aProduct();
    const producer = api.as('producerA2');
    await office.post('/certificates', of(product, 'FIRST-2', '2024-07-01'));
    const newer = await office.post('/certificates', of(product, 'SECOND-2', '2026-07-01'));
    const asked = await producer.patch(`/certificates/${idOf(newer)}`, 1, revoked);
    expect(asked.status).toBe(202);
    const id = (asked.body['request'] as { id: string }).id;
    expect(told(await office.get(`/requests/${id}`))).toEqual(['FIRST-2']);
    expect(told(await office.post(`/requests/${id}/approve`, {}))).toEqual(['FIRST-2']);
    const plain = await producer.patch(`/certificates/${idOf(newer)}`, 2, { issuer: 'UBND huyện' });
    const other = (plain.body['request'] as { id: string }).id;
    expect(told(await office.get(`/requests/${other}`))).toBeUndefined();
  });
});
