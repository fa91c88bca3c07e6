// The fields of rounds and of what phones send about them.

import { z } from 'zod';
import { FINDINGS } from '../../../domain/market/inspection.ts';
import { ROUND_INSPECTORS_MAX, ROUND_MET_MAX, ROUND_PRODUCERS_MAX } from '../../../domain/market/round.ts';
import { VERDICTS } from '../../../domain/stamp/verdict.ts';
import { day, id, instant, text } from '../../kit/fields.ts';

/** A symbol holds at most 4,296 letters; what is more than a code and its address is cut (READ_TEXT_MAX). */
const CODE_LETTERS_MAX = 4_296;
/** Operations in one call: a stall, in one request over a bad network. */
export const SYNC_OPS_MAX = 50;

/** A phone's own id. */
export const clientId = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);

const placeField = z.strictObject({
  name: text(160),
  commune: text(80).nullable().default(null),
  province: text(80).nullable().default(null),
  detail: text(160).nullable().default(null),
});

const metField = z
  .array(z.strictObject({ name: text(120), role: text(120).nullable().default(null) }))
  .max(ROUND_MET_MAX);

const positionField = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  accuracyM: z.number().min(0).max(1_000_000).nullable().default(null),
  at: instant,
});

const note = text(2_000, true).nullable();
const producerIds = z.array(id).max(ROUND_PRODUCERS_MAX);

export const planRoundInput = z.strictObject({
  officeId: id.optional(),
  inspectors: z.array(id).min(1).max(ROUND_INSPECTORS_MAX),
  plannedOn: day,
  producerIds: producerIds.default([]),
  task: text(2_000, true).nullable().default(null),
  place: placeField.nullable().default(null),
});

export const changeRoundInput = z.strictObject({
  inspectors: z.array(id).min(1).max(ROUND_INSPECTORS_MAX).optional(),
  plannedOn: day.optional(),
  producerIds: producerIds.optional(),
  task: text(2_000, true).nullable().optional(),
  place: placeField.nullable().optional(),
  cancelled: z.literal(true).optional(),
});

const op = { opId: clientId, at: instant };
const roundRef = id.meta({
  description: 'The phone’s id of a round of one’s own, or the id of a round of the office.',
});

const opField = z.discriminatedUnion('kind', [
  z.strictObject({
    ...op,
    kind: z.literal('open-round'),
    round: clientId,
    planned: id.nullable().default(null),
    place: placeField.nullable().default(null),
    met: metField.default([]),
    position: positionField.nullable().default(null),
    producerIds: producerIds.default([]),
  }),
  z.strictObject({
    ...op,
    kind: z.literal('change-round'),
    round: roundRef,
    set: z.strictObject({
      place: placeField.nullable().optional(),
      met: metField.optional(),
      kept: note.optional(),
      note: note.optional(),
      position: positionField.nullable().optional(),
    }),
  }),
  z.strictObject({
    ...op,
    kind: z.literal('item'),
    round: roundRef,
    item: clientId,
    code: z.string().min(1).max(CODE_LETTERS_MAX),
    finding: z.enum(FINDINGS).nullable().default(null),
    note: note.default(null),
    position: positionField.nullable().default(null),
    offline: z
      .strictObject({ edition: instant, verdict: z.enum(VERDICTS), ours: z.boolean() })
      .nullable()
      .default(null),
  }),
  z.strictObject({
    ...op,
    kind: z.literal('change-item'),
    item: clientId,
    set: z.strictObject({
      finding: z.enum(FINDINGS).nullable().optional(),
      note: note.optional(),
      position: positionField.nullable().optional(),
    }),
  }),
  z.strictObject({ ...op, kind: z.literal('close-round'), round: roundRef }),
]);

export const syncInput = z.strictObject({
  device: text(80),
  ops: z.array(opField).min(1).max(SYNC_OPS_MAX),
});

export type Op = z.output<typeof opField>;
export type OpOf<K extends Op['kind']> = Extract<Op, { kind: K }>;
