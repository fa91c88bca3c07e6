// What became of a complaint or report, for whoever holds its number and the secret of its page.

import type { Instant } from '../../domain/entity.ts';
import type { Complaint, ComplaintState } from '../../domain/market/complaint.ts';
import { REPORT_PHOTOS_MAX, type StampReport } from '../../domain/market/stamp-report.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { ActionContext } from '../kit/context.ts';
import { absent } from '../kit/rights.ts';
import { isAnswerKey } from './answer-key.ts';

/** `K-7K3M9Q`, `L-7K3M9Q`, as people type it. */
const NUMBER = /^([KL])-?([0-9A-HJKMNP-TV-Z]{6})$/i;

export interface SenderAnswer {
  kind: 'complaint' | 'stamp-report';
  number: string;
  sentAt: Instant;
  state: ComplaintState;
  changedAt: Instant;
  /** What the office writes to the sender; null: nothing yet. */
  reply: string | null;
  /** Null: no office keeps its place, so the programme reads it. */
  office: { name: string; phone: string | null } | null;
  /** What was sent, as its sender recognises it. */
  about: string;
  /** Photographs that may still be added; a complaint has none. */
  photosLeft: { stamp: number; pack: number } | null;
  photos: number;
}

/** Problems: not-found, alike for a number that does not exist and for a wrong key. */
export async function readAnswer(
  input: { number: string; key: string },
  ctx: ActionContext,
): Promise<Result<SenderAnswer>> {
  const found = NUMBER.exec(input.number.slice(0, 16));
  const letter = found?.[1]?.toUpperCase();
  const number = `${letter ?? ''}-${found?.[2]?.toUpperCase() ?? ''}`;
  const record =
    letter === 'K'
      ? await ctx.store.complaints.findBy('number', [number])
      : letter === 'L'
        ? await ctx.store.stampReports.findBy('number', [number])
        : null;
  if (record === null || !isAnswerKey(input.key, record.keyHash)) return { ok: false, problem: absent().problem };
  const office = record.officeId === null ? null : await ctx.store.offices.get(record.officeId);
  return ok({
    number,
    sentAt: record.createdAt,
    state: record.state,
    changedAt: record.updatedAt,
    reply: record.reply ?? null,
    office: office === null ? null : { name: office.name, phone: office.phone },
    ...('source' in record ? ofReport(record) : ofComplaint(record)),
  });
}

type Sent = Pick<SenderAnswer, 'kind' | 'about' | 'photosLeft' | 'photos'>;

function ofComplaint({ message }: Complaint): Sent {
  return { kind: 'complaint', about: message, photosLeft: null, photos: 0 };
}

function ofReport({ goods, stampFileIds, packFileIds }: StampReport): Sent {
  const left = (ids: readonly string[]): number => Math.max(0, REPORT_PHOTOS_MAX - ids.length);
  return {
    kind: 'stamp-report',
    about: goods,
    photosLeft: { stamp: left(stampFileIds), pack: left(packFileIds) },
    photos: stampFileIds.length + packFileIds.length,
  };
}
