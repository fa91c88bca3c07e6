// One's own sessions: where one is signed in, and how to end the others.

import type { Actor, Session } from '../../domain/people/account.ts';
import type { Id, Instant } from '../../domain/entity.ts';
import { fail, ok, type Result } from '../../domain/problem.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { isInForce } from './identify-session.ts';
import { secretHash } from './identify-key.ts';
import { nextVersion, saveChange } from '../kit/save.ts';

export interface OwnSession {
  id: Id;
  startedAt: Instant;
  /** To the hour. */
  lastSeenAt: Instant;
  device: string | null;
  /** The session that asks. */
  isThis: boolean;
}

/** Open sessions, newest first. @param token of the session that asks */
export async function listOwnSessions(
  actor: Actor,
  token: string | null,
  ctx: ActionContext,
): Promise<Result<OwnSession[]>> {
  if (actor.kind !== 'person') return fail('not-signed-in', 'Sign in first.');
  const own = token === null ? null : secretHash(token);
  const open = await sessionsInForce(actor.id, ctx);
  return ok(
    open.map(({ id, createdAt, lastSeenAt, device, tokenHash }) => ({
      id,
      startedAt: createdAt,
      lastSeenAt,
      device: device ?? null,
      isThis: tokenHash === own,
    })),
  );
}

/** Ends all sessions except the one that asks; returns how many. */
export async function endOtherSessions(
  actor: Actor,
  token: string | null,
  ctx: ActionContext,
): Promise<Outcome<number>> {
  if (actor.kind !== 'person') return fail('not-signed-in', 'Sign in first.');
  const own = token === null ? null : secretHash(token);
  const others = (await sessionsInForce(actor.id, ctx)).filter(({ tokenHash }) => tokenHash !== own);
  for (const session of others) await endSession(actor, session, ctx);
  return done(others.length);
}

async function sessionsInForce(userId: Id, ctx: ActionContext): Promise<Session[]> {
  const open: Session[] = [];
  for await (const session of everyOf(ctx.store.sessions, { userId }))
    if (isInForce(session, ctx.now())) open.push(session);
  return open;
}

/** Ends one session. A conflict means that it was ended or used at this moment: try once more. */
export async function endSession(actor: Actor, session: Session, ctx: ActionContext): Promise<void> {
  const doc = nextVersion(ctx, session, { revokedAt: ctx.now().toISOString() });
  const saved = await saveChange({ ...ctx, request: null }, actor, {
    collection: 'sessions',
    before: session,
    doc,
    action: 'end-session',
    answer: null,
  });
  if (saved.ok || saved.problem.code !== 'version-conflict') return;
  const now = await ctx.store.sessions.get(session.id);
  if (now !== null && now.revokedAt === null) await endSession(actor, now, ctx);
}
