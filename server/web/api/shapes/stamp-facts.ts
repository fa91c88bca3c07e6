// What the API shows an inspector of a stamp.

import { z } from 'zod';
import type { FactsForInspector } from '../../../actions/scans/stamp-facts-for.ts';
import { FINDINGS } from '../../../domain/market/inspection.ts';
import type { Look } from '../../../domain/registry/look.ts';
import { CASE_OUTCOMES } from '../../../domain/stamp/stamp-answer.ts';
import { SUSPICIONS } from '../../../domain/stamp/suspect.ts';
import { VERDICTS } from '../../../domain/stamp/verdict.ts';
import { bilingualShape, dayShape, entityShape, instantShape } from '../shapes.ts';

export const lookShape = z
  .strictObject({ ...entityShape, productId: z.string(), note: z.string().nullable(), url: z.string() })
  .meta({ id: 'Look', description: 'A picture of the true pack with its stamp in place, for inspectors.' });

export function lookView({ id, version, createdAt, updatedAt, productId, note }: Look): z.input<typeof lookShape> {
  const url = `/api/v1/products/${productId}/looks/${id}`;
  return { id, version, createdAt, updatedAt, productId, note, url };
}

const nameShape = z.strictObject({ id: z.string(), name: z.string() });

export const stampFactsShape = z
  .strictObject({
    code: z.string(),
    serial: z.int().min(1),
    verdict: z.strictObject({ verdict: z.enum(VERDICTS), also: z.array(z.enum(VERDICTS)), display: z.boolean() }),
    suspicions: z.array(z.enum(SUSPICIONS)),
    batch: z.strictObject({
      id: z.string(),
      kind: z.enum(['goods', 'blank', 'plaque']),
      quantity: z.int().min(1),
      issuedAt: instantShape,
    }),
    life: z.array(
      z.strictObject({
        at: instantShape,
        what: z.enum([
          'issued',
          'activated',
          'voided',
          'display',
          'printed',
          'scanned-first',
          'scanned-last',
          'answer',
        ]),
        from: z.int().min(1).nullable(),
        to: z.int().min(1).nullable(),
        lotId: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
    product: nameShape.extend({ unit: z.string().nullable(), photo: z.string().nullable() }).nullable(),
    producer: nameShape.extend({ phone: z.string().nullable() }),
    office: nameShape.extend({ phone: z.string().nullable() }),
    lot: z
      .strictObject({
        id: z.string(),
        number: z.string(),
        producedOn: dayShape.nullable(),
        expiresOn: dayShape.nullable(),
      })
      .nullable(),
    rating: z
      .strictObject({
        stars: z.int().min(1).max(5),
        certificate: z.string(),
        state: z.string(),
        expiresOn: dayShape.nullable(),
      })
      .nullable(),
    certificates: z.array(
      z.strictObject({
        id: z.string(),
        scheme: z.string(),
        number: z.string(),
        issuer: z.string(),
        issuedOn: dayShape,
        expiresOn: dayShape.nullable(),
        state: z.string(),
        papers: z.array(nameShape),
      }),
    ),
    prints: z.array(
      z.strictObject({
        at: instantShape,
        from: z.int().min(1),
        to: z.int().min(1),
        template: z.string(),
        reprintReason: z.string().nullable(),
      }),
    ),
    neighbours: z.array(
      z.strictObject({
        serial: z.int().min(1),
        count: z.int().min(0),
        provinces: z.array(z.string()),
        lastOn: dayShape.nullable(),
        verdict: z.enum(VERDICTS),
        odd: z.boolean(),
      }),
    ),
    scans: z.strictObject({
      count: z.int().min(0),
      firstOn: dayShape.nullable(),
      lastOn: dayShape.nullable(),
      byDay: z.array(z.strictObject({ day: dayShape, scans: z.int().min(1) })),
      byProvince: z.array(z.strictObject({ province: z.string().nullable(), scans: z.int().min(1) })),
    }),
    cases: z.array(
      z.strictObject({
        id: z.string(),
        state: z.enum(['looking', 'closed']),
        reasons: z.array(z.enum(SUSPICIONS)),
        outcome: z.enum(CASE_OUTCOMES).nullable(),
        openedOn: dayShape.nullable(),
        note: z.string().nullable(),
      }),
    ),
    recalls: z.array(
      z.strictObject({
        id: z.string(),
        reason: bilingualShape,
        advice: bilingualShape,
        at: instantShape,
        withdrawnAt: instantShape.nullable(),
        touchesThis: z.boolean(),
      }),
    ),
    findings: z.array(
      z.strictObject({
        id: z.string(),
        at: instantShape,
        finding: z.enum(FINDINGS).nullable(),
        note: z.string().nullable(),
        place: z.string().nullable(),
        photos: z.array(z.string()),
      }),
    ),
    ledger: z
      .strictObject({
        given: z.int().min(0),
        printed: z.int().min(0),
        activated: z.int().min(0),
        voided: z.int().min(0),
        scanned: z.int().min(0),
      })
      .meta({ description: 'The account of this batch.' }),
    look: z.array(lookShape),
  })
  .meta({ id: 'StampFactsForInspectors', description: 'No scan is recorded by reading it.' });

export function stampFactsView(read: FactsForInspector): z.input<typeof stampFactsShape> {
  const { facts, stamp, rating } = read;
  const { batch, producer, office } = facts;
  const { product, lot } = stamp;
  const { code, serial, verdict, suspicions, life, neighbours, scans, ledger } = read;
  return {
    code,
    serial,
    verdict,
    suspicions,
    life,
    neighbours,
    scans,
    ledger,
    batch: { id: batch.id, kind: batch.kind, quantity: batch.quantity, issuedAt: batch.issuedAt },
    product:
      product === null
        ? null
        : {
            id: product.id,
            name: product.name,
            unit: product.unit,
            photo: product.photoFileId === null ? null : `/photos/${product.photoFileId}`,
          },
    producer: { id: producer.id, name: producer.name, phone: producer.phone },
    office: { id: office.id, name: office.name, phone: office.phone },
    lot: lot === null ? null : { id: lot.id, number: lot.number, producedOn: lot.producedOn, expiresOn: lot.expiresOn },
    rating:
      rating === null
        ? null
        : {
            stars: rating.stars,
            certificate: rating.certificate,
            state: rating.state,
            expiresOn: rating.expiresOn,
          },
    certificates: read.certificates.map(
      ({ certificate: { id, scheme, number, issuer, issuedOn, expiresOn }, state, papers }) => ({
        id,
        scheme,
        number,
        issuer,
        issuedOn,
        expiresOn,
        state,
        papers: papers.map((paper) => ({ id: paper.id, name: paper.name })),
      }),
    ),
    prints: read.prints.map(({ madeAt, printedAt, from, to, template, reprintReason }) => ({
      at: madeAt ?? printedAt,
      from,
      to,
      template,
      reprintReason,
    })),
    cases:
      read.case === null
        ? []
        : [
            {
              id: read.case.id,
              state: read.case.state,
              reasons: read.case.reasons,
              outcome: read.case.outcome ?? null,
              openedOn: read.case.openedOn ?? null,
              note: read.case.note,
            },
          ],
    recalls: facts.recalls.map(({ id, reason, advice, at, withdrawal }) => ({
      id,
      reason,
      advice,
      at,
      withdrawnAt: withdrawal?.at ?? null,
      touchesThis: stamp.recall?.id === id,
    })),
    findings: read.findings.map(({ id, at, finding, note, place, photoFileIds: photos }) => ({
      id,
      at,
      finding,
      note,
      place,
      photos,
    })),
    look: read.looks.map(lookView),
  };
}
