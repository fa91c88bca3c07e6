// Records for the domain's tests: each builder makes a valid one, and a test names only the fields it is about.

import type { Activation, Batch, DisplayRange, VoidedRange } from '../../server/domain/batches/batch.ts';
import type { Certificate } from '../../server/domain/registry/certificate.ts';
import type { Lot } from '../../server/domain/lots/lot.ts';
import type { Office } from '../../server/domain/registry/office.ts';
import type { Producer } from '../../server/domain/registry/producer.ts';
import type { Product } from '../../server/domain/registry/product.ts';
import type { Recall } from '../../server/domain/recalls/recall.ts';
import type { BatchFacts } from '../../server/domain/stamp/stamp-facts.ts';
import type { Scan } from '../../server/domain/stamp/scan.ts';
import { emptyTally, type StampTally } from '../../server/domain/stamp/tally.ts';

export const TIME_ZONE = 'Asia/Ho_Chi_Minh';
const MADE = '2026-10-01T02:00:00.000Z';
const entity = { version: 1, createdAt: MADE, updatedAt: MADE };
const place = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };

export function aBatch(part: Partial<Batch> = {}): Batch {
  return {
    ...entity,
    id: '7K3M9Q',
    officeId: 'office',
    producerId: 'producer',
    kind: 'goods',
    productId: 'product',
    lotId: 'lot',
    quantity: 1000,
    carrier: 'short',
    origin: 'https://tem.example',
    digitalLink: null,
    symbol: { version: 3, level: 'M', mask: 2 },
    pin: false,
    note: null,
    wrappedSecret: '',
    issuedAt: MADE,
    issuedBy: 'user',
    activations: [],
    voids: [],
    displays: [],
    printed: [],
    ...part,
  };
}

export function aLot(part: Partial<Lot> = {}): Lot {
  return {
    ...entity,
    id: 'lot',
    officeId: 'office',
    producerId: 'producer',
    productId: 'product',
    number: 'CMT-2611-01',
    producedOn: '2026-11-10',
    expiresOn: '2026-12-01',
    declaredQuantity: 400,
    note: null,
    events: [],
    firstActivatedAt: null,
    inDigitalLink: false,
    correctedAt: null,
    ...part,
  };
}

export function aCertificate(part: Partial<Certificate> = {}): Certificate {
  return {
    ...entity,
    id: 'certificate',
    officeId: 'office',
    producerId: 'producer',
    productId: 'product',
    scheme: 'ocop',
    stars: 4,
    evaluationId: 'evaluation',
    imported: false,
    number: 'OCOP-2025-001',
    issuer: 'UBND tỉnh',
    issuedOn: '2025-01-15',
    expiresOn: '2028-01-14',
    extension: null,
    revocation: null,
    ...part,
  };
}

export function aRecall(part: Partial<Recall> = {}): Recall {
  const words = { vi: 'Nhãn in sai ngày', en: null };
  return {
    ...entity,
    id: 'recall',
    officeId: 'office',
    producerId: 'producer',
    scope: { kind: 'lot', lotId: 'lot' },
    reason: words,
    advice: words,
    at: '2026-11-20T02:00:00.000Z',
    by: 'user',
    withdrawal: null,
    ...part,
  };
}

export function someFacts(part: Partial<BatchFacts> = {}): BatchFacts {
  const office: Office = {
    ...entity,
    id: 'office',
    name: 'Văn phòng OCOP',
    province: 'Phú Thọ',
    phone: null,
    markFileId: null,
  };
  const producer: Producer = {
    ...entity,
    id: 'producer',
    officeId: 'office',
    name: 'HTX Cam',
    kind: 'cooperative',
    taxCode: null,
    address: place,
    addressToday: null,
    phone: null,
    phonePublic: false,
    email: null,
    website: null,
    gln: null,
    representative: null,
    story: null,
  };
  const product: Product = {
    ...entity,
    id: 'product',
    officeId: 'office',
    producerId: 'producer',
    name: 'Cam',
    group: 'food',
    productSet: 1,
    brand: null,
    description: null,
    origin: null,
    gtin: null,
    gtinAuthorisation: null,
    unit: 'thùng 5 kg',
    ingredients: null,
    storage: null,
    standards: null,
    warnings: null,
    shelfLifeDays: 21,
    photoFileId: null,
  };
  return {
    batch: aBatch({ activations: [activated(1, 1000)] }),
    office,
    producer,
    products: new Map([['product', product]]),
    lots: new Map([['lot', aLot()]]),
    certificates: [],
    recalls: [],
    ...part,
  };
}

export function activated(from: number, to: number, lotId = 'lot'): Activation {
  return { from, to, lotId, at: '2026-11-11T02:00:00.000Z', by: 'user' };
}

export function voided(from: number, to: number): VoidedRange {
  return { from, to, reason: 'spoiled', note: null, at: '2026-11-12T02:00:00.000Z', by: 'user' };
}

export function displayed(from: number, to: number): DisplayRange {
  return { from, to, at: '2026-11-12T02:00:00.000Z', by: 'user' };
}

export function aTally(part: Partial<StampTally> = {}): StampTally {
  return {
    ...emptyTally({ batchId: '7K3M9Q', serial: 12 }, '2026-11-20T02:00:00.000Z'),
    count: 1,
    visitorDays: 1,
    ...part,
  };
}

export function aScan(part: Partial<Scan> = {}): Scan {
  const at = part.at ?? '2026-11-20T02:00:30.500Z';
  return {
    id: 'scan',
    batchId: '7K3M9Q',
    serial: 12,
    at,
    day: at.slice(0, 10),
    visitor: 'visitor',
    province: null,
    verdict: 'valid',
    unlessSuspect: null,
    signedIn: false,
    ...part,
  };
}
