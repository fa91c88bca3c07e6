// Takes a report of a stamp that is not ours, without signing in. The office of the place where it was seen handles it;
// where no office or several keep that province, the programme's admins do.

import { z } from 'zod';
import type { Id } from '../../domain/entity.ts';
import { READ_AS_SYMBOLS_MAX, sourceOf, type StampReport } from '../../domain/market/stamp-report.ts';
import type { Actor } from '../../domain/people/account.ts';
import { provinceToday } from '../../domain/places.ts';
import { readCarriedCode } from '../../domain/stamp/carried-code.ts';
import { hostOf } from '../../domain/stamp/stamp-address.ts';
import { isBatchId } from '../../domain/stamp/stamp-code.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { text } from '../kit/fields.ts';
import { newEntity, saveNew } from '../kit/save.ts';
import { withinQuota } from '../kit/within-quota.ts';
import { findStamp } from '../batches/sealed-batch.ts';
import { newAnswerKey } from './answer-key.ts';
import { withNewNumber } from './new-number.ts';

const optional = (max: number, lines = false): z.ZodDefault<z.ZodNullable<z.ZodType<string>>> =>
  text(max, lines).nullable().default(null);

export const fileStampReportInput = z.strictObject({
  readAs: optional(READ_AS_SYMBOLS_MAX).meta({ description: 'Code or address as read from the stamp.' }),
  province: text(80)
    .refine((name) => provinceToday(name) !== null, { message: 'is no province', params: { expected: 'province' } })
    .nullable()
    .default(null)
    .meta({ description: 'Where it was seen: any of today’s or the earlier provinces.' }),
  place: optional(200),
  goods: text(200).meta({ description: 'What it is stuck on.' }),
  says: optional(500, true).meta({ description: 'What stands on it.' }),
  message: optional(2_000, true),
  contact: optional(200),
});

/** What the sender gets: the number to quote, and the secret of the report's page; null in the answer to a retry. */
export interface FiledReport {
  number: string;
  key: string | null;
}

/** Problems: invalid; quota-reached. */
export async function fileStampReport(
  actor: Actor,
  input: z.output<typeof fileStampReportInput>,
  ctx: ActionContext,
): Promise<Outcome<FiledReport>> {
  const { publicOrigin } = ctx.settings;
  const source = sourceOf(input.readAs, hostOf(publicOrigin));
  const province = input.province === null ? null : provinceToday(input.province);
  const { key, keyHash } = newAnswerKey(ctx);
  const known = await batchNamedIn(input.readAs, ctx);
  const officeId = await officeOfPlace(province, ctx);
  return withinQuota(ctx, 'stampReports', source, () =>
    withNewNumber<FiledReport>('L', ctx, (number) => {
      const doc: StampReport = {
        ...newEntity(ctx),
        ...input,
        officeId,
        number,
        keyHash,
        readAs: known.isOurs ? `${known.batchId}-…` : input.readAs,
        source,
        batchId: known.batchId,
        province,
        stampFileIds: [],
        packFileIds: [],
        state: 'new',
        note: null,
        reply: null,
      };
      return saveNew(ctx, actor, {
        collection: 'stampReports',
        doc,
        action: 'file-stamp-report',
        answer: { number, key: null },
        shownOnce: { number, key },
      });
    }),
  );
}

/**
 * The batch of ours whose id a code names. The whole code of a stamp of ours is not kept in the report; nothing in the
 * answer tells whether it is one.
 */
async function batchNamedIn(
  readAs: string | null,
  ctx: ActionContext,
): Promise<{ batchId: Id | null; isOurs: boolean }> {
  const { parsed } = readCarriedCode(readAs ?? '');
  if (!parsed.ok || !isBatchId(parsed.batchId)) return { batchId: null, isOurs: false };
  const stamp = await findStamp(ctx, parsed.code);
  if (stamp !== null) return { batchId: stamp.batch.id, isOurs: true };
  return { batchId: (await ctx.store.batches.get(parsed.batchId))?.id ?? null, isOurs: false };
}

/** The only office there is, or the only one of this province; null: none or several. */
async function officeOfPlace(province: string | null, ctx: ActionContext): Promise<Id | null> {
  const offices: { id: Id; isOfPlace: boolean }[] = [];
  for await (const office of everyOf(ctx.store.offices, {}))
    offices.push({ id: office.id, isOfPlace: province !== null && provinceToday(office.province) === province });
  const [only, second] = offices.length === 1 ? offices : offices.filter(({ isOfPlace }) => isOfPlace);
  return second === undefined ? (only?.id ?? null) : null;
}
