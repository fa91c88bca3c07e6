// What the API shows of findings, complaints, and lines of the audit log.

import { z } from 'zod';
import type { FindingShown } from '../../../actions/market/read.ts';
import type { AuditEntry } from '../../../domain/audit/audit.ts';
import { COMPLAINT_SUBJECTS, type Complaint } from '../../../domain/market/complaint.ts';
import { FINDINGS } from '../../../domain/market/inspection.ts';
import { entityShape, instantShape, viewOf } from '../shapes.ts';

export const inspectionShape = z
  .strictObject({
    ...entityShape,
    officeId: z.string(),
    producerId: z.string(),
    batchId: z.string(),
    serial: z.int().min(1),
    finding: z.enum(FINDINGS),
    note: z.string().nullable(),
    place: z.string().nullable(),
    at: instantShape,
    photos: z.array(z.string()).meta({ description: 'Each is at /inspections/{id}/photos/{photo}.' }),
    clientId: z.string().nullable(),
    by: z.string().nullable(),
  })
  .meta({ id: 'Inspection', description: '`by` and `clientId` are null for a producer.' });

export function inspectionView(finding: FindingShown): z.input<typeof inspectionShape> {
  const { photoFileIds, ...rest } = finding;
  return { ...rest, photos: photoFileIds };
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
    state: z.enum(['new', 'looking', 'closed']),
    note: z.string().nullable(),
  })
  .meta({ id: 'Complaint', description: '`where`, `contact` and `note` are null for a producer.' });

export function complaintView(complaint: Complaint): z.input<typeof complaintShape> {
  return viewOf(complaintShape, complaint, {});
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
