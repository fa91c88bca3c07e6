// Records of three producers to try the rights on, and the calls that try them.
// Importing this opens the service for the tests of the file.

import { beforeAll, expect } from '@jest/globals';
import sharp from 'sharp';
import { keysOf } from '../../../server/actions/batches/sealed-batch.ts';
import { saveNew } from '../../../server/actions/kit/save.ts';
import { roundNumber } from '../../../server/domain/market/round.ts';
import { CAST, testApi, type ApiAnswer, type ApiClient } from '../../fixtures/api.ts';
import { aComplaint, anInspection, aRound, aStampReport } from '../../fixtures/records/market.ts';
import { aUser } from '../../fixtures/records/people.ts';
import { aPrinter } from '../../fixtures/records/print.ts';

export const api = testApi();

type Grant = 'yes' | 'own' | 'ask' | 'no';
export type Farm = 'A1' | 'A2' | 'B1';

/** One producer's records, one of each kind. */
export interface Things {
  farm: Farm;
  officeId: string;
  producerId: string;
  productId: string;
  /** A product for which no stamps may be issued this year. */
  shortProductId: string;
  /** A lot without active stamps. */
  freeLotId: string;
  activeLotId: string;
  /** Goods of the active lot, with PINs. */
  batchId: string;
  code: string;
  evaluationId: string;
  certificateId: string;
  recallId: string;
  complaintId: string;
  stampReportId: string;
  inspectionId: string;
  roundId: string;
  /** An account of the office. */
  inspectorId: string;
  printJobId: string;
}

export type Try = (client: ApiClient, on: Things) => Promise<ApiAnswer>;

export interface Row {
  what: string;
  producer: Grant;
  inspector: Grant;
  office: Grant;
  tries: Record<string, Try>;
}

export const QUANTITY = 100_000;
export const WORDS = { reason: 'Nấm mốc', advice: 'Mang trả nơi mua' };
export const PLACE = { commune: 'Cao Phong', province: 'Phú Thọ', detail: null };
export let photo: Uint8Array;
export const things = new Map<Farm, Things>();
let used = 0;

export function nextNumber(): number {
  used += 1;
  return used;
}

/** A text that no call has used yet, so that every call changes something. */
export function fresh(): string {
  return `N-${nextNumber()}`;
}

export async function versionOf(
  collection:
    | 'producers'
    | 'products'
    | 'evaluations'
    | 'certificates'
    | 'lots'
    | 'batches'
    | 'complaints'
    | 'rounds'
    | 'stampReports'
    | 'offices',
  id: string,
): Promise<number> {
  return (await api.store[collection].get(id))?.version ?? 0;
}

/** Changes the record, reading its version first. */
export function change(
  collection: Parameters<typeof versionOf>[0],
  idOf: (on: Things) => string,
  fields: () => object,
): Try {
  return async (client, on) =>
    client.patch(`/${nounOf(collection)}/${idOf(on)}`, await versionOf(collection, idOf(on)), fields());
}

/** `stampReports` is `stamp-reports` in addresses. */
function nounOf(collection: string): string {
  return collection.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function read(path: (on: Things) => string): Try {
  return (client, on) => client.get(path(on));
}

export function make(path: (on: Things) => string, body: (on: Things) => object): Try {
  return (client, on) => client.post(path(on), body(on));
}

export async function allowance(client: ApiClient, { productId }: Things): Promise<ApiAnswer> {
  const kept = await api.store.allowances.findBy('productYear', [productId, 2027]);
  return client.put(`/products/${productId}/allowances/2027`, kept?.version ?? null, {
    expectedOutput: 10,
    stamps: used,
  });
}

/** Withdraws a new recall. */
export async function withdrawal(client: ApiClient, { activeLotId }: Things): Promise<ApiAnswer> {
  const made = await api.as('admin').post('/recalls', { lotId: activeLotId, ...WORDS });
  return client.post(`/recalls/${String(made.body['id'])}/withdraw`, {});
}

export function decision(verb: 'approve' | 'decline'): Try {
  return async (client, { farm, producerId }) => {
    const asked = await api
      .as(`producer${farm}`)
      .patch(`/producers/${producerId}`, await versionOf('producers', producerId), { name: fresh() });
    return client.post(`/requests/${(asked.body['request'] as { id: string }).id}/${verb}`, {});
  };
}

async function furnish(farm: Farm): Promise<Things> {
  const admin = api.as('admin');
  const officeId = farm === 'B1' ? CAST.officeB : CAST.officeA;
  const [producerId, productId] = [CAST[`producer${farm}`], CAST[`product${farm}`]];
  const made = async (path: string, body: object): Promise<string> => {
    const answer = await admin.post(path, body);
    expect(answer.status).toBe(201);
    return String(answer.body['id']);
  };
  const shortProductId = await made('/products', { producerId, name: 'Ít tem', group: 'food', productSet: 1 });
  await admin.put(`/products/${shortProductId}/allowances/2026`, null, { expectedOutput: 1, stamps: 0 });
  const activeLotId = await made('/lots', { productId, number: fresh() });
  const batchId = await made('/batches', { lotId: activeLotId, quantity: QUANTITY, pin: true });
  const batch = await api.store.batches.get(batchId);
  if (batch === null) throw new Error('no such batch');
  const [complaint, report, inspection] = [
    aComplaint({ id: `complaint-${farm}`, officeId, producerId, batchId, number: `K-${farm}` }),
    aStampReport({ id: `stamp-report-${farm}`, officeId, number: `L-${farm}` }),
    anInspection({ id: `inspection-${farm}`, officeId, producerId, batchId }),
  ];
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'complaints',
    doc: complaint,
    action: 'file-complaint',
    answer: null,
  });
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'stampReports',
    doc: report,
    action: 'file-stamp-report',
    answer: null,
  });
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'inspections',
    doc: inspection,
    action: 'make-inspection',
    answer: null,
  });
  const user = aUser({ id: `user-${farm}`, officeId, producerId: null, role: 'inspector', login: `inspector-${farm}` });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'users', doc: user, action: 'make-user', answer: null });
  const id = `round-${farm}`;
  const round = aRound({ id, officeId, number: roundNumber(id), state: 'planned', inspectors: [user.id] });
  await saveNew(api.ctx, api.actor('admin'), { collection: 'rounds', doc: round, action: 'plan-round', answer: null });
  const printer = aPrinter({ id: `${producerId}.laser`, officeId, producerId });
  await saveNew(api.ctx, api.actor('admin'), {
    collection: 'printers',
    doc: printer,
    action: 'keep-printer',
    answer: null,
  });
  return {
    farm,
    officeId,
    producerId,
    productId,
    shortProductId,
    activeLotId,
    batchId,
    code: keysOf(api.ctx, batch).codeOf(9),
    freeLotId: await made('/lots', { productId, number: fresh() }),
    evaluationId: await made('/evaluations', {
      productId,
      round: fresh(),
      heldOn: '2026-06-01',
      score: 71,
      minimumStars: 4,
    }),
    certificateId: await made('/certificates', {
      producerId,
      scheme: 'haccp',
      number: fresh(),
      issuer: 'Tổ chức',
      issuedOn: '2026-01-01',
    }),
    recallId: await made('/recalls', { lotId: await made('/lots', { productId, number: fresh() }), ...WORDS }),
    complaintId: complaint.id,
    stampReportId: report.id,
    inspectionId: inspection.id,
    roundId: round.id,
    inspectorId: user.id,
    printJobId: await made('/print-jobs', { batchId, template: 'a4-65', from: 9, to: 10 }),
  };
}

beforeAll(async () => {
  photo = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#B97A00' } })
    .png()
    .toBuffer();
  for (const farm of ['A1', 'A2', 'B1'] as const) things.set(farm, await furnish(farm));
});
