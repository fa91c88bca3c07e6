// Reads certificates: an office those of its producers, a producer its own.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { CERTIFICATE_SCHEMES, type Certificate } from '../../domain/registry/certificate.ts';
import type { Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach, reach } from '../kit/reach.ts';

export const listCertificatesQuery = pageQuery.extend({
  officeId: id.optional(),
  producerId: id.optional(),
  productId: id.optional(),
  scheme: z.enum(CERTIFICATE_SCHEMES).optional(),
});

export async function readCertificate(
  actor: Actor,
  certificateId: Id,
  ctx: ActionContext,
): Promise<Result<Certificate>> {
  const found = await reach(ctx.store.certificates, actor, 'read-registry', certificateId);
  return found.ok ? ok(found.value.doc) : found;
}

export async function listCertificates(
  actor: Actor,
  query: z.output<typeof listCertificatesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Certificate>>> {
  const { limit, after, ...filter } = query;
  return listInReach(ctx.store.certificates, actor, 'read-registry', given(filter), { limit, after });
}
