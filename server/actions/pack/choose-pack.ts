// Whose stamps an offline pack is to hold: chosen producers, those of a province, or of a commune in it. Never the
// whole country: a pack is what one inspector needs for a day.

import { z } from 'zod';
import type { PackChoice } from '../../domain/pack/pack-format.ts';
import type { Actor } from '../../domain/people/account.ts';
import { provinceToday, type Address } from '../../domain/places.ts';
import { fail, fieldProblem, ok, type Result } from '../../domain/problem.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import { foldedText } from '../../domain/search-text.ts';
import type { ActionContext } from '../kit/context.ts';
import { everyOf } from '../kit/every-of.ts';
import { id, instant, text } from '../kit/fields.ts';
import { placeOfProducer } from '../kit/reach-producer.ts';
import { reachInBody } from '../kit/reach.ts';
import { decide, reachOf } from '../kit/rights.ts';

/** Producers chosen one by one; more are a commune or a province. */
const PACK_PRODUCERS_MAX = 50;
/** Ids of up to 64 letters and the commas between them. */
const IDS_LETTERS_MAX = PACK_PRODUCERS_MAX * 65;

export const packQuery = z.strictObject({
  producers: z
    .string()
    .max(IDS_LETTERS_MAX)
    .transform((list) => list.split(',').filter((one) => one !== ''))
    .pipe(z.array(id).min(1).max(PACK_PRODUCERS_MAX))
    .optional()
    .meta({
      minLength: 1,
      maxLength: IDS_LETTERS_MAX,
      description: 'Ids, separated by commas; instead of a province.',
    }),
  province: text(80).optional(),
  commune: text(80).optional().meta({ description: 'Of this province.' }),
  since: instant.optional().meta({ description: 'The edition of a pack of the same choice: only what changed since.' }),
});

export type PackQuery = z.output<typeof packQuery>;

export interface ChosenPack {
  choice: PackChoice;
  /** In the order of their ids. */
  producers: Producer[];
}

/** Problems: not-allowed, absent-reference, invalid, not-found if nobody is there. */
export async function choosePack(actor: Actor, query: PackQuery, ctx: ActionContext): Promise<Result<ChosenPack>> {
  const may = decide(actor, 'take-pack', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const { producers: ids, province, commune } = query;
  if ((ids === undefined) === (province === undefined))
    return fieldProblem('invalid', 'province', 'choose', 'Name either producers or a province.');
  if (ids !== undefined) {
    if (commune !== undefined) return fieldProblem('invalid', 'commune', 'choose', 'A commune goes with a province.');
    return chosenByIds(actor, ids, ctx);
  }
  const today = provinceToday(province ?? '');
  if (today === null) return fieldProblem('invalid', 'province', 'province', 'This is no province of Vietnam.');
  const found: Producer[] = [];
  for await (const producer of everyOf(ctx.store.producers, reachOf(actor)))
    if (isAt(producer, today, commune ?? null)) found.push(producer);
  return answerOf({ province: today, commune: commune ?? null }, found);
}

async function chosenByIds(actor: Actor, ids: readonly string[], ctx: ActionContext): Promise<Result<ChosenPack>> {
  const wanted = [...new Set(ids)];
  const found: Producer[] = [];
  for (const one of wanted) {
    const reached = await reachInBody(ctx.store.producers, actor, 'take-pack', one, 'producers', placeOfProducer);
    if (!reached.ok) return reached;
    found.push(reached.value.doc);
  }
  return answerOf({ producers: wanted.toSorted() }, found);
}

function answerOf(choice: PackChoice, producers: Producer[]): Result<ChosenPack> {
  if (producers.length === 0) return fail('not-found', 'Nobody of your office is there.');
  return ok({ choice, producers: producers.toSorted((a, b) => (a.id < b.id ? -1 : 1)) });
}

/** By the place as it is named today and as it was certified: a commune keeps its old name on paper. */
function isAt({ address, addressToday }: Producer, province: string, commune: string | null): boolean {
  return [address, addressToday].some(
    (at: Address | null) =>
      at !== null &&
      provinceToday(at.province) === province &&
      (commune === null || nameOf(at.commune) === nameOf(commune)),
  );
}

/** Without accents, case and the kind of place before it. */
function nameOf(commune: string): string {
  return foldedText(commune).replace(/^(?:xa|phuong|thi tran|dac khu)\s+/, '');
}
