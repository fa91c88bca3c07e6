// Every collection with its indexes, in one place: both adapters are driven by this table.
//
// `filters` are fields a list may filter by (each indexed with createdAt and id), `unique` the indexes that refuse a
// second record, `sealed` whether a verdict rests on it: such rows carry an HMAC (store/row-seal.ts).

import type { Entity } from '../domain/entity.ts';
import type { Collection, CollectionName, Collections } from './store.ts';

export interface CollectionShape {
  /** Prefix of audit entities: `lot:…`. */
  entity: string;
  filters: readonly string[];
  /** Name -> fields (dotted); a record in which any of them is null is not held to it. */
  unique: Readonly<Record<string, readonly string[]>>;
  sealed: boolean;
}

export const COLLECTIONS: Readonly<Record<CollectionName, CollectionShape>> = {
  offices: { entity: 'office', filters: [], unique: { name: ['name'] }, sealed: true },
  producers: { entity: 'producer', filters: ['officeId', 'kind'], unique: {}, sealed: true },
  products: { entity: 'product', filters: ['officeId', 'producerId', 'group', 'gtin'], unique: {}, sealed: true },
  allowances: {
    entity: 'allowance',
    filters: ['officeId', 'producerId', 'productId', 'year'],
    unique: { productYear: ['productId', 'year'] },
    sealed: false,
  },
  evaluations: {
    entity: 'evaluation',
    filters: ['officeId', 'producerId', 'productId', 'round'],
    unique: { productRound: ['productId', 'round'] },
    sealed: false,
  },
  certificates: {
    entity: 'certificate',
    filters: ['officeId', 'producerId', 'productId', 'scheme'],
    unique: { number: ['officeId', 'scheme', 'number'] },
    sealed: true,
  },
  lots: {
    entity: 'lot',
    filters: ['officeId', 'producerId', 'productId', 'number'],
    unique: { productNumber: ['productId', 'number'] },
    sealed: true,
  },
  batches: {
    entity: 'batch',
    filters: ['officeId', 'producerId', 'productId', 'lotId', 'kind'],
    unique: {},
    sealed: true,
  },
  printRuns: {
    entity: 'print-run',
    filters: ['officeId', 'producerId', 'batchId'],
    unique: { batchParameters: ['batchId', 'parameters'] },
    sealed: false,
  },
  printJobs: {
    entity: 'print-job',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: {},
    sealed: false,
  },
  templates: { entity: 'template', filters: ['officeId'], unique: {}, sealed: false },
  printers: { entity: 'printer', filters: ['officeId', 'producerId'], unique: {}, sealed: false },
  recalls: {
    entity: 'recall',
    filters: ['officeId', 'producerId', 'scope.productId', 'scope.lotId', 'scope.batchId'],
    unique: {},
    sealed: true,
  },
  requests: { entity: 'request', filters: ['officeId', 'producerId', 'state', 'action'], unique: {}, sealed: false },
  complaints: {
    entity: 'complaint',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: { number: ['number'] },
    sealed: false,
  },
  inspections: {
    entity: 'inspection',
    filters: ['officeId', 'producerId', 'batchId', 'finding'],
    unique: { client: ['by', 'clientId'] },
    sealed: false,
  },
  users: { entity: 'user', filters: ['officeId', 'producerId', 'role'], unique: { login: ['login'] }, sealed: false },
  apiKeys: {
    entity: 'api-key',
    filters: ['officeId', 'producerId', 'role'],
    unique: { keyHash: ['keyHash'] },
    sealed: false,
  },
  sessions: { entity: 'session', filters: ['userId'], unique: { tokenHash: ['tokenHash'] }, sealed: false },
  shopLinks: {
    entity: 'shop-link',
    filters: ['officeId', 'producerId', 'printJobId'],
    unique: { tokenHash: ['tokenHash'] },
    sealed: false,
  },
  invitations: {
    entity: 'invitation',
    filters: ['officeId', 'producerId', 'purpose'],
    unique: { tokenHash: ['tokenHash'] },
    sealed: false,
  },
  papers: { entity: 'paper', filters: ['officeId', 'producerId', 'subject'], unique: {}, sealed: false },
  imports: { entity: 'import', filters: ['officeId', 'state'], unique: {}, sealed: false },
  plans: { entity: 'plan', filters: ['officeId', 'year'], unique: { officeYear: ['officeId', 'year'] }, sealed: false },
  figures: { entity: 'figure', filters: ['officeId', 'year'], unique: {}, sealed: false },
  supports: { entity: 'support', filters: ['officeId', 'producerId', 'year', 'kind'], unique: {}, sealed: false },
  candidates: { entity: 'candidate', filters: ['officeId', 'producerId', 'year', 'stage'], unique: {}, sealed: false },
  followUps: { entity: 'follow-up', filters: ['officeId', 'producerId', 'certificateId'], unique: {}, sealed: false },
  cases: {
    entity: 'case',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: { stamp: ['batchId', 'serial'] },
    sealed: false,
  },
};

export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

/** One of each, made by an adapter that treats them all alike. */
export function everyCollection(make: (name: CollectionName) => Collection<Entity>): Collections {
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, make(name)])) as unknown as Collections;
}
