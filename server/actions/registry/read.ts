// Reads producers, products, evaluations, certificates, offices and requests, one by one or as lists. An office sees
// those of its producers, a producer its own.

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { CERTIFICATE_SCHEMES, isRating, lastDayInForce, type Certificate } from '../../domain/registry/certificate.ts';
import type { ChangeRequest } from '../../domain/registry/change-request.ts';
import type { Evaluation } from '../../domain/registry/evaluation.ts';
import type { Office } from '../../domain/registry/office.ts';
import { PRODUCER_KINDS, type Producer } from '../../domain/registry/producer.ts';
import { writtenKey } from '../../domain/search-text.ts';
import { PRODUCT_GROUPS, type Product } from '../../domain/registry/product.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { gtin14, id, pageQuery, text } from '../kit/fields.ts';
import { reachProducer } from '../kit/reach-producer.ts';
import { listInReach, onlyPage, pageOf, readInReach } from '../kit/reach.ts';
import { decide, reachOf } from '../kit/rights.ts';
import { todayOf } from '../kit/today.ts';
import { walkList } from '../kit/walk-list.ts';
import { withoutUndefined } from '../kit/without-undefined.ts';

/** Filters that most lists of the registry have. */
const ofProducer = pageQuery.extend({ officeId: id.optional(), producerId: id.optional() });

export const listProducersQuery = pageQuery.extend({
  kind: z.enum(PRODUCER_KINDS).optional(),
  officeId: id.optional(),
});

export async function readProducer(actor: Actor, producerId: Id, ctx: ActionContext): Promise<Result<Producer>> {
  const found = await reachProducer(actor, 'read-registry', producerId, ctx);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listProducers(
  actor: Actor,
  query: z.output<typeof listProducersQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Producer>>> {
  const { limit, after, ...filter } = query;
  if (actor.kind === 'person' && actor.role === 'producer')
    return listItself(actor.producerId, withoutUndefined(filter), { limit, after }, ctx);
  return listInReach(ctx.store.producers, actor, 'read-registry', withoutUndefined(filter), { limit, after });
}

/** A producer's list of producers holds only itself, if the filter allows it. */
async function listItself(
  producerId: Id | null,
  filter: { kind?: string; officeId?: Id },
  page: PageRequest,
  ctx: ActionContext,
): Promise<Result<Page<Producer>>> {
  const itself = producerId === null ? null : await ctx.store.producers.get(producerId);
  const shown =
    itself !== null &&
    (filter.kind ?? itself.kind) === itself.kind &&
    (filter.officeId ?? itself.officeId) === itself.officeId;
  return onlyPage(shown ? itself : null, page);
}

export const listProductsQuery = ofProducer.extend({
  group: z.enum(PRODUCT_GROUPS).optional(),
  gtin: gtin14.optional(),
});

export function readProduct(actor: Actor, productId: Id, ctx: ActionContext): Promise<Result<Product>> {
  return readInReach(ctx.store.products, actor, 'read-registry', productId);
}

export async function listProducts(
  actor: Actor,
  query: z.output<typeof listProductsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Product>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.products, actor, 'read-registry', withoutUndefined(filter), { limit, after });
}

export const listEvaluationsQuery = ofProducer.extend({
  productId: id.optional(),
  round: text(40).optional(),
});

export function readEvaluation(actor: Actor, evaluationId: Id, ctx: ActionContext): Promise<Result<Evaluation>> {
  return readInReach(ctx.store.evaluations, actor, 'read-registry', evaluationId);
}

export async function listEvaluations(
  actor: Actor,
  query: z.output<typeof listEvaluationsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Evaluation>>> {
  const { limit, after, round, ...rest } = query;
  const filter = withoutUndefined(rest);
  const list = (page: PageRequest): Promise<Result<Page<Evaluation>>> =>
    listInReach(ctx.store.evaluations, actor, 'read-registry', filter, page);
  if (round === undefined) return list({ limit, after });
  // However the round is written: offices write theirs in several ways over the years.
  const wanted = writtenKey(round);
  return walkList(list, (one) => (writtenKey(one.round) === wanted ? one : null), { limit, after });
}

export const listCertificatesQuery = ofProducer.extend({
  productId: id.optional(),
  scheme: z.enum(CERTIFICATE_SCHEMES).optional(),
});

export function readCertificate(actor: Actor, certificateId: Id, ctx: ActionContext): Promise<Result<Certificate>> {
  return readInReach(ctx.store.certificates, actor, 'read-registry', certificateId);
}

export async function listCertificates(
  actor: Actor,
  query: z.output<typeof listCertificatesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Certificate>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.certificates, actor, 'read-registry', withoutUndefined(filter), { limit, after });
}

/**
 * The other OCOP certificates of the product that may give it stars today or later, newest first. Each keeps its own
 * term, so if this one is revoked, the rating rests on one of these (docs/decisions/0028-in-force.md).
 */
export async function listOtherRatings(
  actor: Actor,
  certificate: Certificate,
  ctx: ActionContext,
): Promise<Result<Certificate[]>> {
  const found = await readInReach(ctx.store.certificates, actor, 'read-registry', certificate.id);
  if (!found.ok) return found;
  const { id: self, productId } = found.value;
  const others: Certificate[] = [];
  if (productId === null || !isRating(found.value)) return ok(others);
  const today = todayOf(ctx);
  for await (const one of everyOf(ctx.store.certificates, { productId }))
    if (one.id !== self && isRating(one) && (lastDayInForce(one) ?? today) >= today) others.push(one);
  return ok(others);
}

/** As listOtherRatings, of the certificate that a request asks to revoke; of other requests nothing. */
export async function listOtherRatingsAsked(
  actor: Actor,
  { action, subject, input }: ChangeRequest,
  ctx: ActionContext,
): Promise<Result<Certificate[]>> {
  if (action !== 'change-certificate' || subject === null || typeof input !== 'object' || input === null) return ok([]);
  if (typeof (input as Record<string, unknown>)['revokedOn'] !== 'string') return ok([]);
  const found = await readCertificate(actor, subject.id, ctx);
  return found.ok ? listOtherRatings(actor, found.value, ctx) : found;
}

export async function readOffice(actor: Actor, id: Id, ctx: ActionContext): Promise<Result<Office>> {
  const may = decide(actor, 'read-office', { officeId: id, producerId: null });
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const office = await ctx.store.offices.get(id);
  return office === null ? fail('not-found', 'There is no such record.') : ok(office);
}

export async function listOffices(actor: Actor, page: PageRequest, ctx: ActionContext): Promise<Result<Page<Office>>> {
  const may = decide(actor, 'read-office', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { officeId } = reachOf(actor);
  if (officeId === undefined) return pageOf(() => ctx.store.offices.list({}, page));
  return onlyPage(await ctx.store.offices.get(officeId), page);
}

export const listRequestsQuery = ofProducer.extend({
  state: z.enum(['waiting', 'approved', 'declined', 'withdrawn']).optional(),
});

export function readRequest(actor: Actor, requestId: Id, ctx: ActionContext): Promise<Result<ChangeRequest>> {
  return readInReach(ctx.store.requests, actor, 'read-request', requestId);
}

export async function listRequests(
  actor: Actor,
  query: z.output<typeof listRequestsQuery>,
  ctx: ActionContext,
): Promise<Result<Page<ChangeRequest>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.requests, actor, 'read-request', withoutUndefined(filter), { limit, after });
}
