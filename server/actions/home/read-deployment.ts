// The state of the deployment, for its operator: what its store says about itself, and how many look-ups were refused.

import type { Actor } from '../../domain/people/account.ts';
import { addDays } from '../../domain/calendar.ts';
import { ok, type Result } from '../../domain/problem.ts';
import { StoreError, type Store } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { decide } from '../kit/rights.ts';
import { todayOf } from '../kit/today.ts';

export interface Deployment {
  engine: string;
  schema: string;
  answeredScans: number;
  /** Look-ups of codes that are not ours, or of texts that are not codes. */
  refusedToday: number;
  refusedWeek: number;
  /** What the check of the store found to be not as it was written, a sentence each. */
  storeFaults: string[];
}

/** Kinds of refused look-ups that are added up; the most frequent come first. */
const REFUSALS_MAX = 1_000;

export async function readDeployment(actor: Actor, ctx: ActionContext): Promise<Result<Deployment>> {
  const may = decide(actor, 'keep-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const today = todayOf(ctx);
  const [facts, storeFaults, refusals] = await Promise.all([
    ctx.store.describe(),
    faultsOf(ctx.store),
    ctx.store.scans.refusals({ from: addDays(today, -6), to: today }, ['malformed', 'not-ours'], REFUSALS_MAX),
  ]);
  const sum = (list: typeof refusals): number => list.reduce((total, { count }) => total + count, 0);
  return ok({
    engine: `${String(facts['engine'] ?? '')} ${String(facts['version'] ?? '')}`.trim(),
    schema: String(facts['schema'] ?? ''),
    answeredScans: Number(facts['answeredScans'] ?? 0),
    refusedToday: sum(refusals.filter(({ day }) => day === today)),
    refusedWeek: sum(refusals),
    storeFaults,
  });
}

async function faultsOf({ check }: Pick<Store, 'check'>): Promise<string[]> {
  const chain = check.chainFault();
  const found = await check.state().then(
    ({ findings }) => findings.map(({ text }) => text),
    (error: unknown) => {
      if (error instanceof StoreError && error.kind === 'tampered') return [error.message];
      throw error;
    },
  );
  return chain === null ? found : [chain, ...found];
}
