// Plays the story's scans through the service's own look-up in time order, with the clock set to each scan. The real
// rules decide what is counted and what becomes suspect.

import type { AnswerScan } from '../../server/scan/answer-scan.ts';
import type { IssuedBatch } from './papers.ts';
import { playedScans, type PlayedScan } from './played-scans.ts';
import type { StoryClock } from './story.ts';

/** The header in which the story's proxy reports a visitor's province. */
export const PLACE_HEADER = 'x-demo-province';
/**
 * Scans under way at once, never two of the same stamp: they share a commit, and each stamp's scans keep their order.
 */
const AT_ONCE = 128;

export async function playBack(
  batches: ReadonlyMap<string, IssuedBatch>,
  end: Date,
  clock: StoryClock,
  answerScan: AnswerScan,
): Promise<void> {
  let together: { scan: PlayedScan; stamp: string }[] = [];
  const play = async (): Promise<void> => {
    await Promise.all(together.map(({ scan }) => playOne(scan, batches, clock, answerScan)));
    together = [];
  };
  for (const scan of playedScans(batches, end)) {
    const stamp = `${scan.key} ${scan.serial}`;
    if (together.length === AT_ONCE || together.some((other) => other.stamp === stamp)) await play();
    together.push({ scan, stamp });
  }
  await play();
}

/** The verdict that a buyer would get; the scan is not counted. */
export async function verdictOfCode(answerScan: AnswerScan, code: string): Promise<string> {
  const request = {
    method: 'GET',
    path: `/t/${code}`,
    headers: { accept: 'application/json', 'sec-purpose': 'prefetch' },
    address: '',
    fromTrustedProxy: false,
  };
  const answer = await answerScan(request);
  return String((JSON.parse(answer.body.toString('utf8')) as { verdict: unknown }).verdict);
}

async function playOne(
  scan: PlayedScan,
  batches: ReadonlyMap<string, IssuedBatch>,
  clock: StoryClock,
  answerScan: AnswerScan,
): Promise<void> {
  const code = batches.get(scan.key)?.codeOf(scan.serial) ?? '';
  // The look-up reads the clock before it first waits for anything.
  clock.at = scan.at;
  const { status } = await answerScan({
    method: 'GET',
    path: `/t/${code}`,
    headers: {
      accept: 'application/json',
      'user-agent': scan.userAgent,
      [PLACE_HEADER]: encodeURIComponent(scan.province),
    },
    address: scan.address,
    fromTrustedProxy: true,
  });
  if (status !== 200) throw new Error(`a scan of the story was answered with ${status}`);
}
