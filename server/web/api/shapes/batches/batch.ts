// What the API shows of a batch and its stamps: everything except the secret they are computed from.

import { z } from 'zod';
import type { ActivatedStamps } from '../../../../actions/batches/activate-stamps.ts';
import type { StampRecord } from '../../../../actions/scans/read-stamp.ts';
import type { ScanStats } from '../../../../actions/scans/scan-stats.ts';
import { VOID_REASONS, type OpenBatch } from '../../../../domain/batches/batch.ts';
import type { ChangedStamps } from '../../../../actions/batches/void-stamps.ts';
import { CASE_OUTCOMES } from '../../../../domain/stamp/stamp-answer.ts';
import { SUSPICIONS } from '../../../../domain/stamp/suspect.ts';
import { VERDICTS } from '../../../../domain/stamp/verdict.ts';
import type { StoredScan } from '../../../../store/store.ts';
import { entityShape, instantShape, rangeShape, viewOf } from '../../shapes.ts';
import { inspectionShape, inspectionView } from '../market.ts';

const serialsOf = { from: z.int().min(1), to: z.int().min(1) };

export const batchShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    kind: z.enum(['goods', 'blank', 'plaque']),
    productId: z.string().nullable(),
    lotId: z.string().nullable(),
    quantity: z.int().min(1),
    carrier: z.enum(['short', 'digital-link']),
    origin: z.string(),
    digitalLink: z.strictObject({ gtin: z.string(), lot: z.string() }).nullable(),
    symbol: z.strictObject({ version: z.int(), level: z.literal('M'), mask: z.int() }),
    pin: z.boolean(),
    note: z.string().nullable(),
    issuedAt: instantShape,
    issuedBy: z.string(),
    activations: z.array(z.strictObject({ ...serialsOf, lotId: z.string(), at: instantShape, by: z.string() })),
    voids: z.array(
      z.strictObject({
        ...serialsOf,
        reason: z.enum(VOID_REASONS),
        note: z.string().nullable(),
        at: instantShape,
        by: z.string(),
      }),
    ),
    displays: z.array(z.strictObject({ ...serialsOf, at: instantShape, by: z.string() })),
    printed: z.array(rangeShape),
  })
  .meta({ id: 'Batch' });

export function batchView(batch: OpenBatch): z.input<typeof batchShape> {
  return viewOf(batchShape, batch, {});
}

export const activatedShape = z
  .strictObject({ intervals: z.array(z.strictObject({ ...serialsOf, lotId: z.string() })), stamps: z.int().min(0) })
  .meta({ id: 'ActivatedStamps', description: 'What is active now, or is no more; `stamps` of them in all.' });

export function activatedView(activated: ActivatedStamps): z.input<typeof activatedShape> {
  return viewOf(activatedShape, activated, {});
}

export const changedShape = z
  .strictObject({ intervals: z.array(rangeShape), stamps: z.int().min(0) })
  .meta({ id: 'ChangedStamps', description: 'The serials asked for; `stamps` of them were not so before.' });

export function changedView(changed: ChangedStamps): z.input<typeof changedShape> {
  return viewOf(changedShape, changed, {});
}

export const stampShape = z
  .strictObject({
    batchId: z.string(),
    serial: z.int().min(1),
    code: z.string(),
    verdict: z.enum(VERDICTS),
    also: z.array(z.enum(VERDICTS)),
    display: z.boolean(),
    lotId: z.string().nullable(),
    scans: z.strictObject({ count: z.int().min(0), firstAt: instantShape.nullable(), lastAt: instantShape.nullable() }),
    voided: z.strictObject({ reason: z.enum(VOID_REASONS), note: z.string().nullable(), at: instantShape }).nullable(),
    answer: z
      .strictObject({ outcome: z.enum(CASE_OUTCOMES), at: instantShape })
      .nullable()
      .meta({ description: 'What the office found out about its scans.' }),
    suspicions: z.array(z.enum(SUSPICIONS)),
    findings: z.array(inspectionShape),
  })
  .meta({
    id: 'Stamp',
    description:
      '`code` is whole for who may take codes and for who named the stamp by it, else its last four symbols.',
  });

export function stampView(stamp: StampRecord): z.input<typeof stampShape> {
  return { ...stamp, findings: stamp.findings.map(inspectionView) };
}

export const scanShape = z
  .strictObject({
    id: z.string(),
    serial: z.int().min(1),
    at: instantShape,
    province: z.string().nullable(),
    verdict: z.enum(VERDICTS),
    counted: z.boolean(),
  })
  .meta({ id: 'Scan', description: '`at` is cut to the minute; no visitor is known.' });

export function scanView(scan: StoredScan): z.input<typeof scanShape> {
  return viewOf(scanShape, scan, {});
}

export const statsShape = z
  .strictObject({
    by: z.enum(['day', 'province', 'verdict']),
    items: z.array(z.strictObject({ key: z.string().nullable(), scans: z.int().min(0) })),
    batches: z.int().min(0),
    stamps: z.int().min(0),
    stampsScanned: z.int().min(0),
  })
  .meta({ id: 'ScanStats' });

export function statsView(stats: ScanStats): z.input<typeof statsShape> {
  return stats;
}
