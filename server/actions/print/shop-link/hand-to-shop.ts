// Gives the files of a print job to a print shop by a link. An actor who may print makes the link; the shop that has it
// takes each file once.

import { z } from 'zod';
import type { Actor } from '../../../domain/people/account.ts';
import type { Id, Instant } from '../../../domain/entity.ts';
import type { PrintJob } from '../../../domain/print/print-job.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import { SHOP_LINK_MS_MAX, type ShopLink, type ShopLinkState } from '../../../domain/print/shop-link.ts';
import { mustGet } from '../../../store/must-get.ts';
import { acknowledge, checkBatchRecalled } from '../../batches/known-concerns.ts';
import type { ActionContext, Outcome } from '../../kit/context.ts';
import { allOf } from '../../kit/every-of.ts';
import { text } from '../../kit/fields.ts';
import { soundRecord } from '../../people/sound-credential.ts';
import { secretHash } from '../../people/identify-key.ts';
import { listInReach, reach } from '../../kit/reach.ts';
import { mayTakeFiles, openPartFile, voidsOf, type OpenedFile } from '../open-part-file.ts';
import { actorId, newEntity, nextVersion, saveChange, saveNew } from '../../kit/save.ts';
import { inTurn } from '../../kit/turns.ts';
import { readShopLinkState } from './shop-link-state.ts';

const TOKEN_BYTES = 32;

export const handToShopInput = z.strictObject({ shop: text(120), acknowledge });

/** `state` is what the link would answer now. */
export type ShopLinkShown = Omit<ShopLink, 'tokenHash' | 'withdrawnAt'> & {
  withdrawnAt: Instant | null;
  state: ShopLinkState;
};

/** `token` is the link's secret part; null in the answer to a retry: make another link. */
export interface MadeShopLink {
  link: ShopLinkShown;
  token: string | null;
}

/** Problems: not-found, not-allowed (PINs), print-job-not-done, void-serials, recalled. */
export async function handToShop(
  actor: Actor,
  input: { id: Id; hand: z.output<typeof handToShopInput> },
  ctx: ActionContext,
): Promise<Outcome<MadeShopLink>> {
  const found = await reach(ctx.store.printJobs, actor, 'work-batch', input.id);
  if (!found.ok) return found;
  const job = found.value.doc;
  if (job.state !== 'done')
    return fail('print-job-not-done', 'Files are handed over when all of them are made and read back.', {
      details: { state: job.state },
    });
  if ((await voidsOf(ctx, job, job)).length > 0)
    return fail(
      'void-serials',
      'Stamps of this job were voided since. Make new files for the rest, and hand those over.',
    );
  const may = await mayTakeFiles(actor, job, ctx);
  if (!may.ok) return may;
  const batch = await mustGet(ctx.store.batches, job.batchId);
  const known = await checkBatchRecalled(ctx, batch, job, input.hand.acknowledge);
  if (!known.ok) return known;
  const token = Buffer.from(ctx.random(TOKEN_BYTES)).toString('base64url');
  const { officeId, producerId, batchId } = job;
  const doc: ShopLink = {
    ...newEntity(ctx),
    officeId,
    producerId,
    batchId,
    printJobId: job.id,
    shop: input.hand.shop,
    tokenHash: secretHash(token),
    expiresAt: new Date(ctx.now().getTime() + SHOP_LINK_MS_MAX).toISOString(),
    taken: [],
    withdrawnAt: null,
    by: actorId(actor),
  };
  const kept: MadeShopLink = { link: shown(doc, 'open'), token: null };
  const shownOnce = { ...kept, token };
  return saveNew(ctx, actor, { collection: 'shopLinks', doc, action: 'hand-to-shop', answer: kept, shownOnce });
}

/** Links of a job, newest first. */
export async function listShopLinks(actor: Actor, jobId: Id, ctx: ActionContext): Promise<Result<ShopLinkShown[]>> {
  // Every one: an open link that is not listed cannot be withdrawn.
  const found = await allOf((page) =>
    listInReach(ctx.store.shopLinks, actor, 'work-batch', { printJobId: jobId }, page),
  );
  return found.ok ? ok(await Promise.all(found.value.map((link) => shopLinkShown(link, ctx)))) : found;
}

export interface ShopHandover {
  link: ShopLinkShown;
  job: PrintJob;
  producerName: string;
  /** Numbers of the files that were not taken yet. */
  left: number[];
}

/**
 * What the holder of a link may take. Problems: not-found. `details.state` says why a known link does not open; only
 * its holder can ask for it.
 */
export async function readShopLink(token: string, ctx: ActionContext): Promise<Result<ShopHandover>> {
  const { shopLinks } = ctx.store;
  const link = await soundRecord(ctx.store, 'shopLinks', () => shopLinks.findBy('tokenHash', [secretHash(token)]));
  const job = link === null ? null : await ctx.store.printJobs.get(link.printJobId);
  const producer = link === null ? null : await ctx.store.producers.get(link.producerId);
  if (link === null || job === null || producer === null) return gone();
  const state = await readShopLinkState(link, job, ctx);
  if (state !== 'open') return gone(state);
  const taken = new Set(link.taken.map(({ part }) => part));
  return ok({
    link: shown(link, state),
    job,
    producerName: producer.name,
    left: job.finished.map(({ part }) => part).filter((part) => !taken.has(part)),
  });
}

/** A file, once: it counts as taken from its first byte. Problems: as readShopLink, and those of openPartFile. */
export function takeShopFile(token: string, part: number, ctx: ActionContext): Promise<Result<OpenedFile>> {
  return inTurn(ctx, `shop-link:${secretHash(token)}`, async () => {
    const found = await readShopLink(token, ctx);
    if (!found.ok) return found;
    const { link, left } = found.value;
    const before = await ctx.store.shopLinks.get(link.id);
    if (before === null || !left.includes(part)) return gone();
    const holder: Actor = { kind: 'link', shopLinkId: link.id, printJobId: link.printJobId };
    const opened = await openPartFile(holder, { id: link.printJobId, part }, ctx);
    if (!opened.ok) return opened;
    const doc = nextVersion(ctx, before, { taken: [...before.taken, { part, at: ctx.now().toISOString() }] });
    const values = { shop: link.shop, printJobId: link.printJobId, part };
    let isTaken = false;
    try {
      const saved = await saveChange({ ...ctx, request: null }, holder, {
        collection: 'shopLinks',
        before,
        doc,
        action: 'take-shop-file',
        answer: null,
        values,
      });
      isTaken = saved.ok;
      if (saved.ok) return opened;
      return saved.problem.code === 'version-conflict' ? gone() : saved;
    } finally {
      if (!isTaken) opened.value.source.destroy();
    }
  });
}

function gone(state?: ShopLinkState): ReturnType<typeof fail> {
  return fail('not-found', 'This link can no longer be used.', state === undefined ? {} : { details: { state } });
}

/** A link without its token, and its present state. */
export async function shopLinkShown(link: ShopLink, ctx: ActionContext): Promise<ShopLinkShown> {
  const job = await ctx.store.printJobs.get(link.printJobId);
  return shown(link, job === null ? 'voided' : await readShopLinkState(link, job, ctx));
}

function shown(link: ShopLink, state: ShopLinkState): ShopLinkShown {
  const { tokenHash: _tokenHash, withdrawnAt = null, ...rest } = link;
  return { ...rest, withdrawnAt, state };
}
