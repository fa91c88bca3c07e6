// Who may do what: the table of the contract (§5 Rights), decided here and nowhere else.
//
// `own`: things of the producer the user is bound to. `ask`: the change waits for the office, for own things only.
// An office and its inspectors reach their own office's things only; an admin reaches all.
// A role without the right is told so before anything is looked up; what lies outside its reach answers as absent.

import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';

export type Grant = 'yes' | 'own' | 'ask' | 'no';

interface Row {
  producer: Grant;
  inspector: Grant;
  office: Grant;
}

export const RIGHTS = {
  'read-registry': { producer: 'own', inspector: 'yes', office: 'yes' },
  'tell-story': { producer: 'own', inspector: 'no', office: 'yes' },
  'make-producer': { producer: 'no', inspector: 'no', office: 'yes' },
  'change-registry': { producer: 'ask', inspector: 'no', office: 'yes' },
  'read-allowance': { producer: 'own', inspector: 'yes', office: 'yes' },
  'set-allowance': { producer: 'no', inspector: 'no', office: 'yes' },
  'keep-lot': { producer: 'own', inspector: 'no', office: 'yes' },
  'correct-lot': { producer: 'ask', inspector: 'no', office: 'yes' },
  'read-batch': { producer: 'own', inspector: 'yes', office: 'yes' },
  'issue-batch': { producer: 'own', inspector: 'no', office: 'yes' },
  'issue-beyond-allowance': { producer: 'ask', inspector: 'no', office: 'yes' },
  'work-batch': { producer: 'own', inspector: 'no', office: 'yes' },
  'take-codes': { producer: 'own', inspector: 'no', office: 'yes' },
  'take-pins': { producer: 'no', inspector: 'no', office: 'yes' },
  'issue-special': { producer: 'no', inspector: 'no', office: 'yes' },
  'recall-lot': { producer: 'own', inspector: 'no', office: 'yes' },
  'recall-anything': { producer: 'no', inspector: 'no', office: 'yes' },
  'read-findings': { producer: 'own', inspector: 'yes', office: 'yes' },
  'record-finding': { producer: 'no', inspector: 'yes', office: 'yes' },
  'handle-complaint': { producer: 'no', inspector: 'yes', office: 'yes' },
  'read-ledger': { producer: 'own', inspector: 'yes', office: 'yes' },
  'read-programme': { producer: 'no', inspector: 'yes', office: 'yes' },
  'keep-programme': { producer: 'no', inspector: 'no', office: 'yes' },
  'decide-request': { producer: 'no', inspector: 'no', office: 'yes' },
  'read-request': { producer: 'own', inspector: 'no', office: 'yes' },
  'keep-accounts': { producer: 'no', inspector: 'no', office: 'yes' },
  'keep-template': { producer: 'no', inspector: 'no', office: 'yes' },
  'keep-printer': { producer: 'own', inspector: 'no', office: 'yes' },
  'read-audit': { producer: 'no', inspector: 'no', office: 'yes' },
  'read-office': { producer: 'yes', inspector: 'yes', office: 'yes' },
  'keep-office': { producer: 'no', inspector: 'no', office: 'no' },
} as const satisfies Record<string, Row>;

export type Right = keyof typeof RIGHTS;

/** Where a record belongs; a null producer is the office's own thing. */
export interface Place {
  officeId: Id | null;
  producerId: Id | null;
}

export type Decision = { kind: 'may' } | { kind: 'ask' } | { kind: 'refused'; problem: Problem };

/**
 * Whether the actor may use the right at this place. Call it with `place` null before looking anything up, then with the
 * record's place: both refusals read alike for all that is not the actor's.
 */
export function decide(actor: Actor, right: Right, place: Place | null): Decision {
  if (actor.kind === 'public')
    return refused('not-signed-in', 'Sign in, or send an API key as "Authorization: Bearer KEY".');
  if (actor.role === 'admin') return { kind: 'may' };
  const grant: Grant = RIGHTS[right][actor.role];
  if (grant === 'no') return refused('not-allowed', `The role ${actor.role} may not do this.`);
  if (place !== null && !isInReach(actor, grant, place)) return absent();
  return grant === 'ask' ? { kind: 'ask' } : { kind: 'may' };
}

/** The refusal of a record that is not there; also what a stranger's record answers. */
export function absent(): { kind: 'refused'; problem: Problem } {
  return refused('not-found', 'There is no such record.');
}

/** The filter that keeps a list within the actor's reach, or null where nothing narrows it (an admin). */
export function reachOf(actor: Actor): { officeId?: Id; producerId?: Id } {
  if (actor.kind === 'public' || actor.role === 'admin') return {};
  if (actor.role === 'producer') return { officeId: actor.officeId ?? '', producerId: actor.producerId ?? '' };
  return { officeId: actor.officeId ?? '' };
}

function isInReach(actor: Extract<Actor, { kind: 'person' }>, grant: Grant, place: Place): boolean {
  if (actor.officeId === null || place.officeId !== actor.officeId) return false;
  if (actor.role !== 'producer') return true;
  if (grant === 'yes') return true;
  return actor.producerId !== null && place.producerId === actor.producerId;
}

function refused(code: Problem['code'], detail: string): { kind: 'refused'; problem: Problem } {
  return { kind: 'refused', problem: fail(code, detail).problem };
}
