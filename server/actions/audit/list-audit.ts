// Reads the audit log: an office reads its own lines, an admin all of them.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { AuditEntry } from '../../domain/audit/audit.ts';
import { fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { pageQuery } from '../kit/fields.ts';
import { moment, readPeriod } from '../kit/period.ts';
import { decide, reachOf } from '../kit/rights.ts';

export const listAuditQuery = pageQuery.extend({
  from: moment.nullable().default(null),
  to: moment.nullable().default(null),
  entity: z
    .string()
    .regex(/^[a-z-]{1,40}(?::[A-Za-z0-9_.-]{1,64})?$/)
    .meta({ minLength: 1, maxLength: 105 })
    .nullable()
    .default(null)
    .meta({ description: '`batch:7K3M9Q`, or `batch` for all of a kind.' }),
});

/** Oldest first. A page ends early if it would exceed AUDIT_PAGE_BYTES_MAX. Problems: invalid. */
export async function listAudit(
  actor: Actor,
  query: z.output<typeof listAuditQuery>,
  ctx: ActionContext,
): Promise<Result<Page<AuditEntry>>> {
  const may = decide(actor, 'read-audit', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const period = readPeriod(query, ctx.settings.timeZone);
  if (!period.ok) return period;
  const filter = { officeId: reachOf(actor).officeId ?? null, entity: query.entity, ...period.value };
  try {
    return ok(await ctx.store.audit.list(filter, { limit: query.limit, after: query.after }));
  } catch (error) {
    if (error instanceof RangeError)
      return fieldProblem(
        'invalid',
        'after',
        'cursor',
        'This is no cursor that a list gave. Begin again without "after".',
      );
    throw error;
  }
}
