// What the API shows of findings, complaints, reports of foreign stamps, and lines of the audit log.

import { z } from 'zod';
import type { FindingShown } from '../../../actions/market/read.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { COMPLAINT_STATES, COMPLAINT_SUBJECTS, type Complaint } from '../../../domain/market/complaint.ts';
import { FINDINGS } from '../../../domain/market/inspection.ts';
import { VERDICTS } from '../../../domain/stamp/verdict.ts';
import type { StampReport } from '../../../domain/market/stamp-report.ts';
import { entityShape, instantShape, viewOf } from '../shapes.ts';

export const positionShape = z
  .strictObject({ lat: z.number(), lon: z.number(), accuracyM: z.number().nullable(), at: instantShape })
  .meta({ id: 'Position', description: 'Where a phone said it was, when somebody tapped for it.' });

export const inspectionShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string().nullable(),
    batchId: z.string().nullable(),
    serial: z.int().min(1).nullable(),
    finding: z.enum(FINDINGS).nullable().meta({ description: 'Null: an item of a round of which nothing was stated.' }),
    note: z.string().nullable(),
    place: z.string().nullable(),
    at: instantShape,
    photos: z.array(z.string()).meta({ description: 'Each is at /inspections/{id}/photos/{photo}.' }),
    clientId: z.string().nullable(),
    by: z.string().nullable(),
    roundId: z.string().nullable(),
    read: z
      .string()
      .nullable()
      .meta({ description: 'What a code that is not ours said; such a finding has no batch.' }),
    verdict: z.enum(VERDICTS).nullable().meta({ description: 'Ours, when the finding arrived.' }),
    offline: z
      .strictObject({ edition: instantShape, verdict: z.enum(VERDICTS), ours: z.boolean() })
      .nullable()
      .meta({ description: 'What the phone said from its pack.' }),
    contradicted: z.boolean().meta({ description: 'The phone and we disagree on whether the stamp is ours.' }),
    position: positionShape.nullable(),
    duplicateOf: z.string().nullable().meta({ description: 'The first item of the round that is the same stamp.' }),
    caseId: z.string().nullable(),
    photoClientIds: z.array(z.string()).meta({ description: 'The phone’s ids of the photos, in their order.' }),
  })
  .meta({
    id: 'Inspection',
    description: '`by`, `clientId`, `roundId` and `position` are null for a producer.',
  });

export function inspectionView(finding: FindingShown): z.input<typeof inspectionShape> {
  return viewOf(inspectionShape, finding, {
    photos: finding.photoFileIds,
    roundId: finding.roundId ?? null,
    read: finding.read ?? null,
    verdict: finding.verdict ?? null,
    offline: finding.offline ?? null,
    contradicted: finding.contradicted ?? false,
    position: finding.position ?? null,
    duplicateOf: finding.duplicateOf ?? null,
    caseId: finding.caseId ?? null,
    photoClientIds: finding.photoClientIds ?? [],
  });
}

export const complaintShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    batchId: z.string(),
    serial: z.int().min(1),
    number: z.string(),
    about: z.enum(COMPLAINT_SUBJECTS),
    message: z.string(),
    where: z.string().nullable(),
    contact: z.string().nullable(),
    state: z.enum(COMPLAINT_STATES),
    note: z.string().nullable(),
    reply: z.string().nullable().meta({ description: 'What the consumer reads on the complaint’s page.' }),
  })
  .meta({ id: 'Complaint', description: '`where`, `contact` and `note` are null for a producer.' });

export function complaintView(complaint: Complaint): z.input<typeof complaintShape> {
  return viewOf(complaintShape, complaint, { reply: complaint.reply ?? null });
}

export const stampReportShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string().nullable(),
    number: z.string(),
    readAs: z.string().nullable(),
    source: z.string(),
    batchId: z.string().nullable(),
    province: z.string().nullable(),
    place: z.string().nullable(),
    goods: z.string(),
    says: z.string().nullable(),
    message: z.string().nullable(),
    contact: z.string().nullable(),
    stampPhotos: z.array(z.string()).meta({ description: 'Each is at /stamp-reports/{id}/photos/{photo}.' }),
    packPhotos: z.array(z.string()),
    state: z.enum(COMPLAINT_STATES),
    note: z.string().nullable(),
    reply: z.string().nullable().meta({ description: 'What the sender reads on the report’s page.' }),
  })
  .meta({
    id: 'StampReport',
    description:
      'A stamp that is not ours. `officeId` is null where no office keeps its place; `source` is shared by reports of ' +
      'the same stamps: the host of an address, a batch id, or the words that were read; `batchId` is the batch of ' +
      'ours whose id stands in the code.',
  });

export function stampReportView(report: StampReport): z.input<typeof stampReportShape> {
  return viewOf(stampReportShape, report, { stampPhotos: report.stampFileIds, packPhotos: report.packFileIds });
}

export const auditShape = z
  .strictObject({
    id: z.string(),
    version: z.literal(1),
    seq: z.int().min(1),
    at: instantShape,
    actor: z.string(),
    officeId: z.string().nullable(),
    entity: z.string(),
    action: z.string(),
    values: z.record(z.string(), z.unknown()).nullable(),
    salt: z.string().nullable(),
    valuesHash: z.string(),
    hash: z.string(),
    recordVersion: z.int().min(1).optional().meta({ description: 'The version that the change gave its record.' }),
    concerns: z.string().optional().meta({ description: 'The producer whose stamps the record concerns.' }),
  })
  .meta({
    id: 'AuditEntry',
    description:
      'A line of the hash-chained log; `values` and `salt` are null once erased. Its hash covers `recordVersion` and ' +
      '`concerns` where they are there.',
  });

/** A line never changes, so it has one version. */
export function auditView(entry: AuditEntry): z.input<typeof auditShape> {
  return viewOf(auditShape, entry, { id: String(entry.seq), version: 1 });
}
