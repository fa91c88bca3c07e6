// The console's table of contents by role. An entry is shown where its page exists and the role may open it, so that nothing
// leads nowhere.

import { decide, type Right } from '../../actions/kit/rights.ts';
import type { Person, Role } from '../../domain/people/account.ts';

export const NAV_KEYS = [
  'today',
  'print',
  'programme',
  'certificates',
  'products',
  'producers',
  'lots',
  'batches',
  'scans',
  'ledger',
  'evaluations',
  'recalls',
  'complaints',
  'inspect',
  'requests',
  'printers',
  'templates',
  'profile',
  'offices',
  'users',
  'import',
  'audit',
  'help',
] as const;
export type NavKey = (typeof NAV_KEYS)[number];

interface NavEntry {
  key: NavKey;
  path: string;
  right: Right | 'signed-in';
  roles: readonly Role[];
  /** Below the line: what is set up rather than done. */
  below: boolean;
}

const STAFF: readonly Role[] = ['office', 'admin'];
const ALL: readonly Role[] = ['producer', 'inspector', 'office', 'admin'];

const ENTRIES: readonly NavEntry[] = [
  { key: 'today', path: '/console', right: 'signed-in', roles: ALL, below: false },
  { key: 'inspect', path: '/inspect', right: 'record-finding', roles: ['inspector'], below: false },
  { key: 'print', path: '/console/print', right: 'issue-batch', roles: ['producer'], below: false },
  {
    key: 'programme',
    path: '/console/programme',
    right: 'read-programme',
    roles: ['inspector', 'office', 'admin'],
    below: false,
  },
  {
    key: 'certificates',
    path: '/console/certificates',
    right: 'read-registry',
    roles: ['inspector', 'office', 'admin'],
    below: false,
  },
  { key: 'evaluations', path: '/console/evaluations', right: 'read-registry', roles: STAFF, below: false },
  { key: 'products', path: '/console/products', right: 'read-registry', roles: ALL, below: false },
  {
    key: 'producers',
    path: '/console/producers',
    right: 'read-registry',
    roles: ['inspector', 'office', 'admin'],
    below: false,
  },
  { key: 'lots', path: '/console/lots', right: 'read-registry', roles: ['producer', 'office', 'admin'], below: false },
  { key: 'batches', path: '/console/batches', right: 'read-batch', roles: ALL, below: false },
  {
    key: 'ledger',
    path: '/console/ledger',
    right: 'read-ledger',
    roles: ['producer', 'office', 'admin'],
    below: false,
  },
  { key: 'scans', path: '/console/scans', right: 'read-batch', roles: ALL, below: false },
  {
    key: 'recalls',
    path: '/console/recalls',
    right: 'read-registry',
    roles: ['producer', 'office', 'admin'],
    below: false,
  },
  {
    key: 'complaints',
    path: '/console/complaints',
    right: 'handle-complaint',
    roles: ['inspector', 'office', 'admin'],
    below: false,
  },
  {
    key: 'requests',
    path: '/console/requests',
    right: 'read-request',
    roles: ['producer', 'office', 'admin'],
    below: false,
  },
  {
    key: 'printers',
    path: '/console/printers',
    right: 'keep-printer',
    roles: ['producer', 'office', 'admin'],
    below: true,
  },
  { key: 'templates', path: '/console/templates', right: 'keep-accounts', roles: STAFF, below: true },
  { key: 'profile', path: '/console/profile', right: 'tell-story', roles: ['producer'], below: true },
  { key: 'import', path: '/console/import', right: 'make-producer', roles: STAFF, below: true },
  { key: 'users', path: '/console/users', right: 'keep-accounts', roles: STAFF, below: true },
  { key: 'offices', path: '/console/offices', right: 'keep-office', roles: ['admin'], below: true },
  { key: 'audit', path: '/console/audit', right: 'read-audit', roles: STAFF, below: true },
  { key: 'help', path: '/console/help', right: 'signed-in', roles: ALL, below: true },
];

/** The entries that this person sees, in order. @param pages paths of pages that exist */
export function navigationOf(actor: Person, pages: ReadonlySet<string>): readonly NavEntry[] {
  return ENTRIES.filter(
    ({ path, right, roles }) =>
      roles.includes(actor.role) &&
      pages.has(path) &&
      (right === 'signed-in' || decide(actor, right, null).kind !== 'refused'),
  );
}
