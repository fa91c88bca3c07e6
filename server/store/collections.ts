// Every collection with its indexes, in one place: both adapters are driven by this table.
//
// `filters` are fields that a list may filter by (each indexed with createdAt and id). `unique` are the indexes that
// refuse a second record. Every row carries an HMAC (store/row-seal.ts).

import type { Entity } from '../domain/entity.ts';
import { wordsOfTexts } from '../domain/search-words.ts';
import type { Collection, CollectionName, Collections } from './store.ts';

export interface CollectionShape {
  /** Prefix of audit entities: `lot:…`. */
  entity: string;
  filters: readonly string[];
  /** Name -> fields (dotted). A record in which one of the fields is null is not in the index. */
  unique: Readonly<Record<string, readonly string[]>>;
  /** Fields (dotted) whose words the record is found by (domain/search-words.ts); left out: it is not searched. */
  words?: readonly string[];
}

export const COLLECTIONS: Readonly<Record<CollectionName, CollectionShape>> = {
  offices: {
    entity: 'office',
    filters: [],
    unique: { name: ['name'] },
    words: ['name'],
  },
  producers: {
    entity: 'producer',
    filters: ['officeId', 'kind'],
    unique: {},
    words: ['name', 'taxCode', 'phone', 'representative', 'email', 'gln'],
  },
  products: {
    entity: 'product',
    filters: ['officeId', 'producerId', 'group', 'gtin'],
    unique: {},
    words: ['name', 'shortName', 'brand', 'gtin'],
  },
  allowances: {
    entity: 'allowance',
    filters: ['officeId', 'producerId', 'productId', 'year'],
    unique: { productYear: ['productId', 'year'] },
  },
  evaluations: {
    entity: 'evaluation',
    filters: ['officeId', 'producerId', 'productId', 'round'],
    unique: { productRound: ['productId', 'round'] },
    words: ['decision'],
  },
  certificates: {
    entity: 'certificate',
    filters: ['officeId', 'producerId', 'productId', 'scheme'],
    unique: { number: ['officeId', 'scheme', 'number'] },
    words: ['number'],
  },
  lots: {
    entity: 'lot',
    filters: ['officeId', 'producerId', 'productId', 'number'],
    unique: { productNumber: ['productId', 'number'] },
    words: ['number'],
  },
  batches: {
    entity: 'batch',
    filters: ['officeId', 'producerId', 'productId', 'lotId', 'kind'],
    unique: {},
  },
  printRuns: {
    entity: 'print-run',
    filters: ['officeId', 'producerId', 'batchId'],
    unique: { batchParameters: ['batchId', 'parameters'] },
  },
  printJobs: {
    entity: 'print-job',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: {},
  },
  templates: { entity: 'template', filters: ['officeId'], unique: {} },
  printers: { entity: 'printer', filters: ['officeId', 'producerId'], unique: {} },
  recalls: {
    entity: 'recall',
    filters: ['officeId', 'producerId', 'scope.productId', 'scope.lotId', 'scope.batchId'],
    unique: {},
  },
  requests: {
    entity: 'request',
    filters: ['officeId', 'producerId', 'state', 'action'],
    unique: {},
    words: ['id', 'input.name', 'input.number', 'input.lot', 'before.name', 'before.number'],
  },
  complaints: {
    entity: 'complaint',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: { number: ['number'] },
    words: ['number'],
  },
  inspections: {
    entity: 'inspection',
    filters: ['officeId', 'producerId', 'batchId', 'finding', 'roundId'],
    unique: { client: ['by', 'clientId'] },
  },
  users: {
    entity: 'user',
    filters: ['officeId', 'producerId', 'role'],
    unique: { login: ['login'] },
    words: ['name', 'login'],
  },
  apiKeys: {
    entity: 'api-key',
    filters: ['officeId', 'producerId', 'role'],
    unique: { keyHash: ['keyHash'] },
  },
  sessions: { entity: 'session', filters: ['userId'], unique: { tokenHash: ['tokenHash'] } },
  shopLinks: {
    entity: 'shop-link',
    filters: ['officeId', 'producerId', 'printJobId'],
    unique: { tokenHash: ['tokenHash'] },
  },
  invitations: {
    entity: 'invitation',
    filters: ['officeId', 'producerId', 'purpose'],
    unique: { tokenHash: ['tokenHash'] },
  },
  papers: { entity: 'paper', filters: ['officeId', 'producerId', 'subject'], unique: {} },
  imports: { entity: 'import', filters: ['officeId', 'state'], unique: {} },
  plans: { entity: 'plan', filters: ['officeId', 'year'], unique: { officeYear: ['officeId', 'year'] } },
  figures: { entity: 'figure', filters: ['officeId', 'year'], unique: {} },
  supports: { entity: 'support', filters: ['officeId', 'producerId', 'year', 'kind'], unique: {} },
  candidates: { entity: 'candidate', filters: ['officeId', 'producerId', 'year', 'stage'], unique: {} },
  followUps: { entity: 'follow-up', filters: ['officeId', 'producerId', 'certificateId'], unique: {} },
  cases: {
    entity: 'case',
    filters: ['officeId', 'producerId', 'batchId', 'state'],
    unique: { stamp: ['batchId', 'serial'] },
  },
  rounds: { entity: 'round', filters: ['officeId', 'state'], unique: { number: ['number'] } },
  looks: { entity: 'look', filters: ['officeId', 'producerId', 'productId'], unique: {} },
  signingKeys: { entity: 'signing-key', filters: [], unique: { state: ['state'] } },
  stampReports: {
    entity: 'stamp-report',
    filters: ['officeId', 'state', 'source', 'batchId'],
    unique: { number: ['number'] },
  },
};

/** Collections whose records are found by words. */
export const SEARCHED: readonly CollectionName[] = (Object.keys(COLLECTIONS) as CollectionName[]).filter(
  (name) => COLLECTIONS[name].words !== undefined,
);

/** The words by which a record is found; empty if its collection is not searched. */
export function wordsOf(name: CollectionName, doc: object): string[] {
  const texts = (COLLECTIONS[name].words ?? []).map((field) => valueAt(doc, field));
  return wordsOfTexts(texts.filter((text) => typeof text === 'string'));
}

/** The value at a dotted path; null: none. */
export function valueAt(doc: object, field: string): unknown {
  let value: unknown = doc;
  for (const key of field.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Fields that many records share, from fewer to more; every other field names one record, of which few hang. */
const COARSE_FIELDS = [
  'producerId',
  'state',
  'stage',
  'round',
  'finding',
  'purpose',
  'year',
  'role',
  'group',
  'kind',
  'officeId',
  'scheme',
];

/** Among fields that a list filters by, the one with the lowest number leaves the fewest records. */
export function coarsenessOf(field: string): number {
  return COARSE_FIELDS.indexOf(field);
}

export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as CollectionName[];

/** One object for each collection, by an adapter that treats all collections alike. */
export function everyCollection(make: (name: CollectionName) => Collection<Entity>): Collections {
  return Object.fromEntries(COLLECTION_NAMES.map((name) => [name, make(name)])) as unknown as Collections;
}
