// Phones of the inspectors of an office, and how the office locks one at once: at its next request the phone removes
// its packs, its queue and its keys.

import type { Actor, Session, User } from '../../../domain/people/account.ts';
import type { Id, Instant } from '../../../domain/entity.ts';
import { fail, ok, type Result } from '../../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../../kit/context.ts';
import { everyOf } from '../../kit/every-of.ts';
import { decide, reachOf } from '../../kit/rights.ts';
import { nextVersion, saveChange } from '../../kit/save.ts';
import { isInForce } from '../identify-session.ts';

export interface DeviceShown {
  /** Of the phone's key. */
  id: Id;
  userId: Id;
  person: string;
  name: string;
  signedInAt: Instant;
  lastSeenAt: Instant;
  state: 'open' | 'ended' | 'locked';
}

/** How long a phone that was not used again is listed: it may still hold findings that were not sent. */
const LISTED_MS = 30 * 24 * 3_600_000;

/** The last session of each phone and account, the newest first. Problems: not-allowed. */
export async function listDevices(actor: Actor, ctx: ActionContext): Promise<Result<DeviceShown[]>> {
  const may = decide(actor, 'keep-accounts', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const shown: DeviceShown[] = [];
  for (const { session, user } of await lastSessions(actor, ctx)) shown.push(deviceShown(session, user, ctx));
  return ok(shown.toSorted((a, b) => (a.signedInAt < b.signedInAt ? 1 : -1)));
}

/** Locks a phone for all accounts of the actor's reach. Problems: not-allowed, not-found. */
export async function shutDevice(actor: Actor, input: { id: Id }, ctx: ActionContext): Promise<Outcome<DeviceShown>> {
  const may = decide(actor, 'keep-accounts', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const found = (await lastSessions(actor, ctx)).filter(({ session }) => session.app?.deviceId === input.id);
  let shown: DeviceShown | null = null;
  for (const { session, user } of found) shown = deviceShown(await shut(actor, session, ctx), user, ctx);
  return shown === null ? fail('not-found', 'There is no such device.') : done(shown);
}

/** A conflict means that the session was used or ended at this moment: once more. */
async function shut(actor: Actor, before: Session, ctx: ActionContext): Promise<Session> {
  if ((before.shutAt ?? null) !== null) return before;
  const at = ctx.now().toISOString();
  const doc = nextVersion(ctx, before, { shutAt: at, revokedAt: before.revokedAt ?? at });
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'sessions',
    before,
    doc,
    action: 'shut-device',
    answer: null,
  });
  if (saved.ok) return doc;
  const now = await ctx.store.sessions.get(before.id);
  return now === null ? doc : shut(actor, now, ctx);
}

async function lastSessions(actor: Actor, ctx: ActionContext): Promise<{ session: Session; user: User }[]> {
  const sinceMs = ctx.now().getTime() - LISTED_MS;
  const last = new Map<string, { session: Session; user: User }>();
  for await (const user of everyOf(ctx.store.users, reachOf(actor))) {
    if (user.role === 'producer') continue;
    for await (const session of everyOf(ctx.store.sessions, { userId: user.id })) {
      if (Date.parse(session.createdAt) < sinceMs) break;
      const key = `${session.app?.deviceId ?? ''} ${user.id}`;
      if (session.app !== undefined && !last.has(key)) last.set(key, { session, user });
    }
  }
  return [...last.values()];
}

function deviceShown(session: Session, user: User, ctx: ActionContext): DeviceShown {
  const isShut = (session.shutAt ?? null) !== null || user.disabledAt !== null;
  return {
    id: session.app?.deviceId ?? '',
    userId: user.id,
    person: user.name,
    name: session.app?.name ?? '',
    signedInAt: session.createdAt,
    lastSeenAt: session.lastSeenAt,
    state: isShut ? 'locked' : isInForce(session, ctx.now()) ? 'open' : 'ended',
  };
}
