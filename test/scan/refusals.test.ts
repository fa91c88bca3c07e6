// Scans that are refused, limited, or cannot be checked at the moment.

import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ANSWER_MS_MAX, REFUSED_AFTER_MS } from '../../server/scan/answer-scan.ts';
import { aBatch } from '../fixtures/records/batches.ts';
import { aScanDesk, codeOf, forgedCode } from '../fixtures/scan-desk.ts';

const UNKNOWN_BATCH_CODE = `B7QW4Z${codeOf(1).slice(6)}`;

describe('forged and unknown codes answer alike', () => {
  test.each(['application/json', 'text/html'])('in body and headers, as %s', async (accept) => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    const shown = (code: string): string => `${code.slice(0, 6)}-${code.slice(6, 12)}-${code.slice(12)}`;
    const answers = await Promise.all(
      [forgedCode(5), UNKNOWN_BATCH_CODE].map(async (code) => {
        const answer = await desk.get(`/t/${shown(code)}`, { headers: { accept } });
        return {
          status: answer.status,
          headers: answer.headers,
          body: answer.body.toString().replaceAll(shown(code), 'CODE'),
        };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.status).toBe(404);
  });

  test('both are held back until the same moment, whether the store was asked or not', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${codeOf(5)}`);
    await desk.get(`/t/${forgedCode(5)}`);
    await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    expect(desk.waits).toEqual([REFUSED_AFTER_MS, REFUSED_AFTER_MS]);
  });

  /**
   * Takes interleaved samples of both and compares their medians, which may differ by a quarter, or 20 µs if that is
   * more. Other work on the machine disturbs both equally; a difference in the work itself would show in every round.
   */
  test('in the time they take', async () => {
    const desk = aScanDesk({}, { limits: { burst: 1e9, perMinute: 1 } });
    const medianOf = (samples: number[]): number =>
      samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0;
    const timeOf = async (path: string): Promise<number> => {
      const begun = process.hrtime.bigint();
      await desk.get(path);
      return Number(process.hrtime.bigint() - begun) / 1_000;
    };
    const round = async (): Promise<boolean> => {
      const forged: number[] = [];
      const unknown: number[] = [];
      for (let i = 0; i < 1_500; i++) {
        forged.push(await timeOf(`/t/${forgedCode(5)}`));
        unknown.push(await timeOf(`/t/${UNKNOWN_BATCH_CODE}`));
      }
      const [a, b] = [medianOf(forged), medianOf(unknown)];
      return Math.abs(a - b) <= Math.max(20, Math.min(a, b) / 4);
    };
    await round(); // warm-up
    const rounds = [await round(), await round(), await round()];
    expect(rounds.filter((alike) => alike).length).toBeGreaterThanOrEqual(2);
  });
});

describe('refused codes are limited, real stamps never', () => {
  test('beyond the burst an address gets 429 for refused codes, its real stamps are answered, and tokens come back', async () => {
    const desk = aScanDesk({}, { limits: { burst: 3, perMinute: 6 } });
    for (let i = 0; i < 3; i++) expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(404);
    const limited = await desk.get(`/t/${forgedCode(5)}`);
    expect([limited.status, limited.headers['Retry-After'], JSON.parse(limited.body.toString())]).toEqual([
      429,
      '10',
      { verdict: null, reason: 'too-many-requests' },
    ]);
    expect((await desk.get('/01/1/21/2')).status).toBe(429);
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
    expect((await desk.get(`/t/${forgedCode(5)}`, { address: '198.51.100.9' })).status).toBe(404);
    desk.pass(10_000);
    expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(404);
    expect((await desk.get(`/t/${forgedCode(5)}`)).status).toBe(429);
  });

  test('refusals are counted by day, reason and batch, and kept when they could not be written', async () => {
    const desk = aScanDesk();
    await desk.get(`/t/${forgedCode(5)}`);
    await desk.get(`/t/${forgedCode(6)}`);
    await desk.get(`/t/${UNKNOWN_BATCH_CODE}`);
    desk.memory.failing.add('refusals');
    await expect(desk.answerScan.flushRefusals()).rejects.toThrow('away');
    desk.memory.failing.clear();
    await desk.answerScan.flushRefusals();
    await desk.answerScan.flushRefusals();
    expect(desk.memory.refusals).toEqual([
      { day: '2026-11-24', reason: 'not-ours', batchId: '7K3M9Q', count: 2 },
      { day: '2026-11-24', reason: 'not-ours', batchId: null, count: 1 },
    ]);
  });
});

describe('what cannot be checked or recorded now', () => {
  const CANNOT = { verdict: null, reason: 'cannot-check-now' };

  test.each([
    ['nothing can be read', 'read', 'GET'],
    ['nothing can be read, HEAD too', 'read', 'HEAD'],
    ['the scan cannot be recorded', 'record', 'GET'],
  ] as const)('is 503 where %s', async (_, part, method) => {
    const desk = aScanDesk();
    desk.memory.failing.add(part);
    const answer = await desk.get(`/t/${codeOf(5)}`, { method });
    expect([answer.status, answer.headers['Retry-After']]).toEqual([503, '5']);
    expect(answer.body.toString()).toBe(method === 'GET' ? JSON.stringify(CANNOT) : '');
    expect(await desk.page(`/t/${codeOf(5)}?lang=en`)).toContain('We cannot check just now');
    expect(desk.logged).toMatchObject([{ event: 'scan.cannot-check', kind: 'unavailable' }, {}]);
    desk.memory.failing.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(200);
  });

  test('a malformed code needs no store', async () => {
    const desk = aScanDesk();
    desk.memory.failing.add('read');
    expect((await desk.get('/t/7K3', { headers: { accept: 'text/html' } })).status).toBe(404);
  });

  test('a batch whose issue line does not stand in the chain gives no verdict and an alarm', async () => {
    const desk = aScanDesk();
    desk.memory.issueLines.clear();
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(503);
    expect(desk.logged).toMatchObject([{ kind: 'tampered' }]);
    expect(JSON.stringify(desk.logged)).not.toContain(codeOf(5));
  });

  test.each([
    ['a secret that does not open', { batches: [aBatch({ wrappedSecret: 'tampered' })] }],
    ['a lot that is missing', { lots: [] }],
  ])('%s gives no verdict and an alarm', async (_, records) => {
    const desk = aScanDesk(records);
    expect((await desk.get(`/t/${codeOf(5)}`)).status).toBe(503);
    expect(desk.logged).toMatchObject([{ kind: 'tampered' }]);
  });
});

describe('a store that is merely slow', () => {
  afterEach(() => void jest.useRealTimers());

  test.each([
    ['a millisecond before the end is waited for', ANSWER_MS_MAX - 1, 200, 1, ['valid']],
    [
      'any later is not: the scan is 503, and neither recorded nor told of when the store comes at last',
      ANSWER_MS_MAX + 1,
      503,
      0,
      ['cannot-check-now'],
    ],
  ])('%s', async (_, readMs, status, recorded, outcomes) => {
    jest.useFakeTimers();
    const told: string[] = [];
    const desk = aScanDesk({}, { onAnswer: (outcome) => told.push(outcome) });
    desk.memory.slow.reads = new Promise((resolve) => void setTimeout(resolve, readMs));
    const answering = desk.get(`/t/${codeOf(5)}`);
    await jest.advanceTimersByTimeAsync(2 * ANSWER_MS_MAX);
    expect((await answering).status).toBe(status);
    expect(desk.memory.scans).toHaveLength(recorded);
    expect(told).toEqual(outcomes);
    expect(jest.getTimerCount()).toBe(0);
  });
});
