// Who may do what: the contract's table of rights (§5), decided only here.
//
// `own`: things of the producer that the user is bound to. `ask`: the change waits for the office, for own things only.
// An office and its inspectors reach only things of their office; an admin and the system reach everything, and an
// admin has every right. A role without the right is refused before anything is looked up. A record outside the actor's
// reach is answered as absent.

import type { Actor, Person } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fail, type Problem } from '../../domain/problem.ts';

export type Grant = 'yes' | 'own' | 'ask' | 'no';

interface Row {
  producer: Grant;
  inspector: Grant;
  office: Grant;
  /** Rights of the service and its operator's scripts, in all offices. */
  system: 'yes' | 'no';
}

export const RIGHTS = {
  'read-registry': { producer: 'own', inspector: 'yes', office: 'yes', system: 'yes' },
  'tell-story': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'make-producer': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'change-registry': { producer: 'ask', inspector: 'no', office: 'yes', system: 'yes' },
  'read-allowance': { producer: 'own', inspector: 'yes', office: 'yes', system: 'no' },
  'set-allowance': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'keep-lot': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'correct-lot': { producer: 'ask', inspector: 'no', office: 'yes', system: 'no' },
  'read-batch': { producer: 'own', inspector: 'yes', office: 'yes', system: 'no' },
  'issue-batch': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'issue-beyond-allowance': { producer: 'ask', inspector: 'no', office: 'yes', system: 'no' },
  'work-batch': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'take-print-file': { producer: 'own', inspector: 'no', office: 'yes', system: 'no' },
  'take-codes': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'take-pins': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'issue-special': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'recall-lot': { producer: 'own', inspector: 'no', office: 'yes', system: 'yes' },
  'recall-anything': { producer: 'no', inspector: 'no', office: 'yes', system: 'no' },
  'read-findings': { producer: 'own', inspector: 'yes', office: 'yes', system: 'no' },
  'record-finding': { producer: 'no', inspector: 'yes', office: 'yes', system: 'yes' },
  'read-round': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'make-round': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'plan-round': { producer: 'no', inspector: 'no', office: 'yes', system: 'no' },
  'take-pack': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'handle-complaint': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'handle-stamp-report': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'read-ledger': { producer: 'own', inspector: 'yes', office: 'yes', system: 'no' },
  'read-programme': { producer: 'no', inspector: 'yes', office: 'yes', system: 'no' },
  'keep-programme': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'decide-request': { producer: 'no', inspector: 'no', office: 'yes', system: 'no' },
  // An office declines instead.
  'withdraw-request': { producer: 'own', inspector: 'no', office: 'no', system: 'no' },
  'read-request': { producer: 'own', inspector: 'no', office: 'yes', system: 'no' },
  'keep-accounts': { producer: 'no', inspector: 'no', office: 'yes', system: 'yes' },
  'keep-template': { producer: 'no', inspector: 'no', office: 'yes', system: 'no' },
  'keep-printer': { producer: 'own', inspector: 'no', office: 'yes', system: 'no' },
  'read-audit': { producer: 'no', inspector: 'no', office: 'yes', system: 'no' },
  'read-office': { producer: 'yes', inspector: 'yes', office: 'yes', system: 'no' },
  'keep-office': { producer: 'no', inspector: 'no', office: 'no', system: 'yes' },
} as const satisfies Record<string, Row>;

export type Right = keyof typeof RIGHTS;

/**
 * What the holder of a print shop's link may do, for its own print job only. PINs are included, because the link's
 * maker needed the right to everything that the files show.
 */
const LINK_RIGHTS: ReadonlySet<Right> = new Set<Right>(['take-print-file', 'take-pins']);

/** Where a record belongs; a null producer means the office itself. */
export interface Place {
  /** The id of the record, if one was looked up. */
  id?: Id;
  officeId: Id | null;
  producerId: Id | null;
}

export type Decision = { kind: 'may' } | { kind: 'ask' } | { kind: 'refused'; problem: Problem };

/**
 * Whether the actor may use the right at this place. Call it with `place` null before looking anything up, then with
 * the record's place: both refusals look the same for everything that is not the actor's.
 */
export function decide(actor: Actor, right: Right, place: Place | null): Decision {
  switch (actor.kind) {
    case 'public':
      return refused('not-signed-in', 'Sign in, or send an API key as "Authorization: Bearer KEY".');
    case 'person':
      return decideForPerson(actor, right, place);
    case 'link':
      if (!LINK_RIGHTS.has(right)) return refused('not-allowed', 'A link to print files may not do this.');
      return place === null || place.id === actor.printJobId ? { kind: 'may' } : absent();
    case 'system':
      return RIGHTS[right].system === 'yes' ? { kind: 'may' } : refused('not-allowed', 'The system may not do this.');
    default:
      return actor satisfies never;
  }
}

/** The refusal of a record that does not exist or belongs to someone else. */
export function absent(): { kind: 'refused'; problem: Problem } {
  return refused('not-found', 'There is no such record.');
}

/** The filter that limits a list to the actor's reach; empty for an admin and the system. */
export function reachOf(actor: Actor): { officeId?: Id; producerId?: Id } {
  switch (actor.kind) {
    case 'public':
    case 'link':
      // They have no lists: no record has this office.
      return { officeId: '' };
    case 'system':
      return {};
    case 'person':
      if (actor.role === 'admin') return {};
      if (actor.role === 'producer') return { officeId: actor.officeId ?? '', producerId: actor.producerId ?? '' };
      return { officeId: actor.officeId ?? '' };
    default:
      return actor satisfies never;
  }
}

function decideForPerson(person: Person, right: Right, place: Place | null): Decision {
  if (person.role === 'admin') return { kind: 'may' };
  const grant: Grant = RIGHTS[right][person.role];
  if (grant === 'no') return refused('not-allowed', `The role ${person.role} may not do this.`);
  if (place !== null && !isInReach(person, grant, place)) return absent();
  return grant === 'ask' ? { kind: 'ask' } : { kind: 'may' };
}

function isInReach(person: Person, grant: Grant, place: Place): boolean {
  if (person.officeId === null || place.officeId !== person.officeId) return false;
  if (person.role !== 'producer') return true;
  if (grant === 'yes') return true;
  return person.producerId !== null && place.producerId === person.producerId;
}

function refused(code: Problem['code'], detail: string): { kind: 'refused'; problem: Problem } {
  return { kind: 'refused', problem: fail(code, detail).problem };
}
