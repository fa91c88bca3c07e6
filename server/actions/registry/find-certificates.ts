// Looks through certificates by a part of their number, scheme and state today.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import { dayIn } from '../../domain/calendar.ts';
import { CERTIFICATE_SCHEMES, certificateState, type Certificate } from '../../domain/registry/certificate.ts';
import type { Result } from '../../domain/problem.ts';
import { foldedText } from '../../domain/search-text.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { id, pageQuery } from '../kit/fields.ts';
import { given } from '../kit/given.ts';
import { listInReach } from '../kit/reach.ts';
import { walkList } from '../kit/walk-list.ts';

export const findCertificatesQuery = pageQuery.extend({
  q: z.string().max(80).transform(foldedText).optional(),
  scheme: z.enum(CERTIFICATE_SCHEMES).optional(),
  state: z.enum(['valid', 'extended', 'expired', 'revoked']).optional(),
  producerId: id.optional(),
});

/** Problems: as lists. */
export async function findCertificates(
  actor: Actor,
  query: z.output<typeof findCertificatesQuery>,
  ctx: ActionContext,
): Promise<Result<Page<Certificate>>> {
  const { limit, after, q = '', state, ...filter } = query;
  const today = dayIn(ctx.settings.timeZone, ctx.now().toISOString());
  const match = (certificate: Certificate): Certificate | null =>
    foldedText(certificate.number).includes(q) &&
    (state === undefined || certificateState(certificate, today) === state)
      ? certificate
      : null;
  return walkList((page) => listInReach(ctx.store.certificates, actor, 'read-registry', given(filter), page), match, {
    limit,
    after,
  });
}
