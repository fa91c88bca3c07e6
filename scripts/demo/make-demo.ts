// Makes the demo's data: the sample registry, accounts, batches with their sheets, six weeks of scans, a recall and the
// other events. Everything goes through the service's own actions and look-up, with a clock set to the past.

import { join } from 'node:path';
import type { ActionContext } from '../../server/actions/kit/context.ts';
import type { Config } from '../../server/config.ts';
import type { Logger } from 'pino';
import { openWorkshop } from '../../server/service.ts';
import { formatStampCode } from '../../server/domain/stamp/stamp-code.ts';
import { TEMPLATE_FOLDER } from '../admin/open-store.ts';
import { makeAccounts, type DemoAccounts } from './accounts.ts';
import { tellLives } from './lives.ts';
import { issueAndPrint, type IssuedBatch } from './papers.ts';
import { playBack, verdictOfCode, PLACE_HEADER } from './play-back.ts';
import { loadSampleRegistry } from './sample.ts';
import { SAMPLE_SERIALS, storyTimes, type StoryClock } from './story.ts';

/** What DATA_DIR/demo.json holds (CONTRACT §1). */
export interface DemoRecord extends DemoAccounts {
  origin: string;
  batches: { id: string; quantity: number; template: string; sheet: string; codes: string }[];
  samples: Record<keyof typeof SAMPLE_SERIALS, string>;
}

/** @param now the current time, at which the story ends */
export async function makeDemo(
  config: Config,
  log: Logger,
  now: Date,
  random: (bytes: number) => Uint8Array,
): Promise<DemoRecord> {
  const times = storyTimes(now);
  const clock: StoryClock = { at: times.start };
  const workshop = await openWorkshop(
    { ...config, placeHeader: PLACE_HEADER },
    { log, now: () => clock.at, random, version: 'demo', templateFolder: TEMPLATE_FOLDER },
  );
  try {
    const ctx: ActionContext = { ...workshop.context, request: null };
    const registry = await loadSampleRegistry(ctx);
    const accounts = await makeAccounts(registry, ctx);
    const batches = await issueAndPrint(registry, join(config.dataDir, 'sheets'), times, clock, ctx);
    await tellLives(registry, batches, times, clock, ctx);
    await playBack(batches, times.end, clock, workshop.answerScan);
    clock.at = now;
    const samples = await samplesOf(batches, workshop.answerScan);
    return {
      origin: config.publicOrigin,
      ...accounts,
      batches: [...batches.values()].map(({ id, quantity, template, sheet, codes }) => ({
        id,
        quantity,
        template,
        sheet,
        codes,
      })),
      samples,
    };
  } finally {
    await workshop.close();
  }
}

/**
 * A code for every verdict, each asked for as a buyer would.
 * @throws Error if the story did not produce one of them
 */
async function samplesOf(
  batches: ReadonlyMap<string, IssuedBatch>,
  answerScan: Parameters<typeof verdictOfCode>[0],
): Promise<DemoRecord['samples']> {
  const samples: [string, string][] = [];
  for (const [verdict, choices] of Object.entries(SAMPLE_SERIALS)) {
    const codes = [choices].flat().map(({ key, serial }) => batches.get(key)?.codeOf(serial) ?? '');
    const verdicts = await Promise.all(codes.map((code) => verdictOfCode(answerScan, code)));
    const at = verdicts.indexOf(verdict);
    if (at < 0)
      throw new Error(
        `no stamp of the story is ${verdict} (they are ${verdicts.join(', ')}): is this machine's clock right?`,
      );
    samples.push([verdict, formatStampCode(codes[at] ?? '')]);
  }
  return Object.fromEntries(samples) as DemoRecord['samples'];
}
