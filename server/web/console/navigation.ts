// The console's menu by role: the one table of menu keys. A page states its key in its route (`nav`); the words of a
// key are in words/{vi,en}/frame.ts. A test checks that every entry leads to a page.

import { decide, type Right } from '../../actions/kit/rights.ts';
import type { Person, Role } from '../../domain/people/account.ts';

interface Entry {
  key: string;
  path: string;
  right: Right | 'signed-in';
  roles: readonly Role[];
  /** Below the line: things that are set up rather than done daily. */
  below: boolean;
}

const STAFF: readonly Role[] = ['office', 'admin'];
const OFFICIALS: readonly Role[] = ['inspector', ...STAFF];
const NO_INSPECTOR: readonly Role[] = ['producer', ...STAFF];
const ALL: readonly Role[] = ['producer', ...OFFICIALS];

/** In the order shown. */
const ENTRIES = [
  { key: 'today', path: '/console', right: 'signed-in', roles: ALL, below: false },
  { key: 'inspect', path: '/inspect', right: 'record-finding', roles: ['inspector'], below: false },
  { key: 'print', path: '/console/print', right: 'issue-batch', roles: ['producer'], below: false },
  { key: 'programme', path: '/console/programme', right: 'read-programme', roles: OFFICIALS, below: false },
  { key: 'certificates', path: '/console/certificates', right: 'read-registry', roles: OFFICIALS, below: false },
  { key: 'evaluations', path: '/console/evaluations', right: 'read-registry', roles: STAFF, below: false },
  { key: 'products', path: '/console/products', right: 'read-registry', roles: ALL, below: false },
  { key: 'producers', path: '/console/producers', right: 'read-registry', roles: OFFICIALS, below: false },
  { key: 'lots', path: '/console/lots', right: 'read-registry', roles: NO_INSPECTOR, below: false },
  { key: 'batches', path: '/console/batches', right: 'read-batch', roles: ALL, below: false },
  { key: 'ledger', path: '/console/ledger', right: 'read-ledger', roles: NO_INSPECTOR, below: false },
  { key: 'scans', path: '/console/scans', right: 'read-batch', roles: ALL, below: false },
  { key: 'recalls', path: '/console/recalls', right: 'read-registry', roles: NO_INSPECTOR, below: false },
  { key: 'complaints', path: '/console/complaints', right: 'handle-complaint', roles: OFFICIALS, below: false },
  { key: 'requests', path: '/console/requests', right: 'read-request', roles: NO_INSPECTOR, below: false },
  { key: 'printers', path: '/console/printers', right: 'keep-printer', roles: NO_INSPECTOR, below: true },
  { key: 'templates', path: '/console/templates', right: 'keep-accounts', roles: STAFF, below: true },
  { key: 'profile', path: '/console/profile', right: 'tell-story', roles: ['producer'], below: true },
  { key: 'import', path: '/console/import', right: 'make-producer', roles: STAFF, below: true },
  { key: 'users', path: '/console/users', right: 'keep-accounts', roles: STAFF, below: true },
  { key: 'offices', path: '/console/offices', right: 'keep-office', roles: ['admin'], below: true },
  { key: 'audit', path: '/console/audit', right: 'read-audit', roles: STAFF, below: true },
] as const satisfies readonly Entry[];

export type NavKey = (typeof ENTRIES)[number]['key'];

export interface NavEntry extends Entry {
  key: NavKey;
}

/** The entries that this person sees, in order. */
export function navigationOf(actor: Person): readonly NavEntry[] {
  return ENTRIES.filter(
    ({ right, roles }: NavEntry) =>
      roles.includes(actor.role) && (right === 'signed-in' || decide(actor, right, null).kind !== 'refused'),
  );
}
