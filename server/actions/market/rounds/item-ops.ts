// What a phone says of a stamp in a round: that it was looked at, what was found, and changes of that. The server
// checks the code itself, whatever the phone said of it without network; a difference is kept with the item and is an
// alarm.

import type { Batch } from '../../../domain/batches/batch.ts';
import { CASE_FINDINGS, READ_TEXT_MAX, type Inspection } from '../../../domain/market/inspection.ts';
import { ROUND_ITEMS_MAX, withOp, type Round } from '../../../domain/market/round.ts';
import type { Actor } from '../../../domain/people/account.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import { readCarriedCode } from '../../../domain/stamp/carried-code.ts';
import { stampFactsOf } from '../../../domain/stamp/stamp-facts.ts';
import { verdictOf, type Verdict } from '../../../domain/stamp/verdict.ts';
import { visibleText } from '../../../domain/visible-text.ts';
import { loadBatch } from '../../../scan/load-batch.ts';
import type { FoundStamp } from '../../batches/sealed-batch.ts';
import type { ActionContext } from '../../kit/context.ts';
import { decide } from '../../kit/rights.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../../kit/save.ts';
import { withoutUndefined } from '../../kit/without-undefined.ts';
import { findStampFor } from '../../scans/find-stamp-for.ts';
import { joinCase } from './join-case.ts';
import { itemIdOf, reachItem, reachRound } from './reach-round.ts';
import type { OpOf } from './round-fields.ts';
import { soundAt, type RoundWork } from './round-work.ts';

/** As round-ops.ts. */
const TRIES_MAX = 8;

export interface ItemDone {
  item: Inspection;
  round: Round;
  repeat: boolean;
}

/** Problems: not-allowed, not-found, round-ended, round-full, too-many-requests. */
export async function addItem(
  actor: Actor,
  op: OpOf<'item'>,
  work: RoundWork,
  ctx: ActionContext,
): Promise<Result<ItemDone>> {
  const reached = await reachRound(actor, op.round, ctx);
  if (!reached.ok) return reached;
  const round = reached.value;
  const id = itemIdOf(actor, op.item);
  const known = await ctx.store.inspections.get(id);
  if (known !== null) return ok({ item: known, round, repeat: true });
  if (round.state !== 'open' && round.state !== 'closed')
    return fail('round-ended', 'This round is not open.', { details: { state: round.state } });
  const items = await work.itemsOf(round.id, ctx);
  if (items.length >= ROUND_ITEMS_MAX)
    return fail('round-full', 'This round is full. Close it and open another.', { details: { max: ROUND_ITEMS_MAX } });
  const { parsed } = readCarriedCode(op.code);
  const typed = parsed.ok ? parsed.code : op.code;
  const inReach = (batch: Batch): boolean => decide(actor, 'record-finding', batch).kind === 'may';
  const found = await findStampFor(actor, typed, inReach, ctx);
  if (!found.ok) return found;
  const stamp = found.value;
  const read = stamp === null || isAtAnotherHost(op.code, stamp) ? foreignText(op.code) : null;
  const caseId =
    stamp !== null && op.finding !== null && CASE_FINDINGS.has(op.finding)
      ? await joinCase(actor, { ...stamp, note: op.note }, ctx)
      : null;
  const doc: Inspection = {
    ...newEntity(ctx, id),
    officeId: round.officeId,
    producerId: stamp?.batch.producerId ?? null,
    batchId: stamp?.batch.id ?? null,
    serial: stamp?.serial ?? null,
    finding: op.finding,
    note: op.note,
    place: round.place?.name ?? null,
    at: soundAt(op.at, ctx),
    photoFileIds: [],
    clientId: op.item,
    by: actorId(actor),
    roundId: round.id,
    read,
    verdict: stamp === null ? 'unknown' : await verdictOn(stamp, ctx),
    offline: op.offline,
    contradicted: op.offline !== null && op.offline.ours !== (stamp !== null),
    position: op.position,
    duplicateOf: items.find((other) => isSameStamp(other, stamp, read))?.id ?? null,
    caseId,
    photoClientIds: [],
    ops: [op.opId],
  };
  const own = { ...ctx, request: null };
  const made = await saveNew(own, actor, { collection: 'inspections', doc, action: 'make-inspection', answer: null });
  if (!made.ok) {
    const first = await ctx.store.inspections.get(id);
    return first === null ? made : ok({ item: first, round, repeat: true });
  }
  work.keep(doc);
  if (round.state === 'closed') work.late.set(round.id, round);
  return ok({ item: doc, round, repeat: false });
}

/** Problems: not-allowed, not-found, round-ended. */
export async function changeItem(
  actor: Actor,
  op: OpOf<'change-item'>,
  work: RoundWork,
  ctx: ActionContext,
): Promise<Result<ItemDone>> {
  for (let tries = 1; ; tries += 1) {
    const reached = await reachItem(actor, op.item, ctx);
    if (!reached.ok) return reached;
    const { item: before, round } = reached.value;
    if (before.ops?.includes(op.opId) === true) return ok({ item: before, round, repeat: true });
    const set = withoutUndefined(op.set);
    const finding = op.set.finding === undefined ? before.finding : op.set.finding;
    const doc = nextVersion(ctx, before, {
      ...set,
      caseId: before.caseId ?? (await caseOf(actor, { ...before, finding, note: op.set.note ?? before.note }, ctx)),
      ops: withOp(before.ops, op.opId),
    });
    const own = { ...ctx, request: null };
    const saved = await saveChange(own, actor, {
      collection: 'inspections',
      before,
      doc,
      action: 'change-inspection',
      answer: null,
    });
    if (saved.ok) {
      work.keep(doc);
      if (round.state === 'closed') work.late.set(round.id, round);
      return ok({ item: doc, round, repeat: false });
    }
    if (saved.problem.code !== 'version-conflict' || tries === TRIES_MAX) return saved;
  }
}

async function caseOf(actor: Actor, item: Inspection, ctx: ActionContext): Promise<string | null> {
  const { batchId, serial, producerId, officeId, finding, note } = item;
  if (batchId === null || serial === null || producerId === null) return null;
  if (finding === null || !CASE_FINDINGS.has(finding)) return null;
  return joinCase(actor, { batch: { id: batchId, officeId, producerId }, serial, note }, ctx);
}

function isSameStamp(other: Inspection, stamp: FoundStamp | null, read: string | null): boolean {
  if (stamp === null) return other.batchId === null && other.read === read;
  return other.batchId === stamp.batch.id && other.serial === stamp.serial;
}

/** A code of ours behind an address that is not: what a look-alike site prints. */
function isAtAnotherHost(typed: string, { batch }: FoundStamp): boolean {
  const text = typed.trim();
  return URL.canParse(text) && new URL(text).host !== new URL(batch.origin).host;
}

async function verdictOn({ batch, serial }: FoundStamp, ctx: ActionContext): Promise<Verdict> {
  const [{ facts, batchTally }, tally] = await Promise.all([
    loadBatch(ctx.store, batch),
    ctx.store.scans.tallyOf(batch.id, serial),
  ]);
  return verdictOf(stampFactsOf(facts, serial, tally, batchTally), ctx.now(), ctx.settings.timeZone).verdict;
}

/**
 * What is kept of a code that is not ours. A text that has a code's form may be the code of a stamp that the actor
 * cannot reach, and no whole code is stored: its host, its batch and its last four stay.
 */
function foreignText(typed: string): string {
  const text = visibleText(typed.normalize('NFC'))
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, READ_TEXT_MAX);
  const { parsed } = readCarriedCode(typed);
  if (!parsed.ok) return text === '' ? '?' : text;
  const host = URL.canParse(text) ? `${new URL(text).host} ` : '';
  return `${host}${parsed.code.slice(0, 6)}-…-${parsed.code.slice(-4)}`;
}
