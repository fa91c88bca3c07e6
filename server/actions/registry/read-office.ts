// Reads offices: one's own; all of them for an admin.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import type { Office } from '../../domain/registry/office.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import type { Page, PageRequest } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { onlyPage, pageOf } from '../kit/reach.ts';
import { decide, reachOf } from '../kit/rights.ts';

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
