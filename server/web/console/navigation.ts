// The console's menu by role: the one table of menu keys. A page states its key in its route (`nav`); the words of a
// key are in words/{vi,en}/frame.ts. A test checks that every entry leads to a page.

import { decide, type Right } from '../../actions/kit/rights.ts';
import type { Person, Role } from '../../domain/people/account.ts';

/** Under which heading an entry stands: what is done each day, stamps and goods, records, what is set up. */
export const NAV_GROUPS = ['daily', 'goods', 'records', 'setting'] as const;
export type NavGroup = (typeof NAV_GROUPS)[number];

interface Entry {
  key: string;
  path: string;
  right: Right | 'signed-in';
  roles: readonly Role[];
  group: NavGroup;
}

const STAFF: readonly Role[] = ['office', 'admin'];
const OFFICIALS: readonly Role[] = ['inspector', ...STAFF];
const NO_INSPECTOR: readonly Role[] = ['producer', ...STAFF];
const ALL: readonly Role[] = ['producer', ...OFFICIALS];

/** In the order shown. */
const ENTRIES = [
  { key: 'today', path: '/console', right: 'signed-in', roles: ALL, group: 'daily' },
  { key: 'inspect', path: '/inspect', right: 'record-finding', roles: ['inspector'], group: 'daily' },
  { key: 'print', path: '/console/print', right: 'issue-batch', roles: ['producer'], group: 'daily' },
  { key: 'requests', path: '/console/requests', right: 'read-request', roles: NO_INSPECTOR, group: 'daily' },
  { key: 'complaints', path: '/console/complaints', right: 'handle-complaint', roles: OFFICIALS, group: 'daily' },
  { key: 'rounds', path: '/console/rounds', right: 'read-round', roles: OFFICIALS, group: 'daily' },
  { key: 'lots', path: '/console/lots', right: 'read-registry', roles: NO_INSPECTOR, group: 'goods' },
  { key: 'batches', path: '/console/batches', right: 'read-batch', roles: ALL, group: 'goods' },
  { key: 'ledger', path: '/console/ledger', right: 'read-ledger', roles: NO_INSPECTOR, group: 'goods' },
  { key: 'scans', path: '/console/scans', right: 'read-batch', roles: ALL, group: 'goods' },
  { key: 'recalls', path: '/console/recalls', right: 'read-registry', roles: NO_INSPECTOR, group: 'goods' },
  { key: 'products', path: '/console/products', right: 'read-registry', roles: ALL, group: 'records' },
  { key: 'producers', path: '/console/producers', right: 'read-registry', roles: OFFICIALS, group: 'records' },
  { key: 'certificates', path: '/console/certificates', right: 'read-registry', roles: OFFICIALS, group: 'records' },
  { key: 'evaluations', path: '/console/evaluations', right: 'read-registry', roles: STAFF, group: 'records' },
  { key: 'programme', path: '/console/programme', right: 'read-programme', roles: OFFICIALS, group: 'records' },
  { key: 'profile', path: '/console/profile', right: 'tell-story', roles: ['producer'], group: 'setting' },
  { key: 'printers', path: '/console/printers', right: 'keep-printer', roles: NO_INSPECTOR, group: 'setting' },
  { key: 'templates', path: '/console/templates', right: 'keep-accounts', roles: STAFF, group: 'setting' },
  { key: 'import', path: '/console/import', right: 'make-producer', roles: STAFF, group: 'setting' },
  { key: 'users', path: '/console/users', right: 'keep-accounts', roles: STAFF, group: 'setting' },
  { key: 'offices', path: '/console/offices', right: 'keep-office', roles: ['admin'], group: 'setting' },
  { key: 'audit', path: '/console/audit', right: 'read-audit', roles: STAFF, group: 'setting' },
  { key: 'help', path: '/console/help', right: 'signed-in', roles: ALL, group: 'setting' },
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
