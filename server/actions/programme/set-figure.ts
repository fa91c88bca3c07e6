// Saves a published figure of a year with its kind. A measure has one figure per day and kind. Another value for it is
// a correction; the audit log keeps both.

import { z } from 'zod';
import type { Actor } from '../../domain/people/account.ts';
import type { Id } from '../../domain/entity.ts';
import { fieldProblem } from '../../domain/problem.ts';
import { FIGURE_KINDS, MEASURES, type Figure } from '../../domain/programme/programme.ts';
import { done, type ActionContext, type Outcome } from '../kit/context.ts';
import { day, text, year } from '../kit/fields.ts';
import { programmeOffice } from './programme-office.ts';
import { idOfText, newEntity, nextVersion, saveChange, saveNew } from '../kit/save.ts';
import { todayOf } from '../kit/today.ts';

const VALUE_MAX = 1_000_000_000;

export const setFigureInput = z.strictObject({
  year,
  measure: z.enum(MEASURES),
  /** Which council round; null: the whole year. */
  round: text(20).nullable().default(null),
  value: z.int().min(0).max(VALUE_MAX),
  asOf: day,
  kind: z.enum(FIGURE_KINDS),
  note: text(300).nullable().default(null),
});

/** Problems: invalid, for a reported figure of a future day. */
export async function setFigure(
  actor: Actor,
  input: { officeId?: Id | undefined; figure: z.output<typeof setFigureInput> },
  ctx: ActionContext,
): Promise<Outcome<Figure>> {
  const { figure } = input;
  const office = await programmeOffice(actor, 'keep-programme', input.officeId, ctx);
  if (!office.ok) return office;
  if (figure.kind === 'reported' && figure.asOf > todayOf(ctx))
    return fieldProblem(
      'invalid',
      'asOf',
      'in-future',
      'What is reported has happened; a later day makes it an estimate.',
    );
  const id = figureId(office.value, figure);
  const before = await ctx.store.figures.get(id);
  if (before === null) {
    const doc: Figure = { ...newEntity(ctx, id), officeId: office.value, ...figure };
    return saveNew(ctx, actor, { collection: 'figures', doc, action: 'set-figure', answer: doc });
  }
  if (before.value === figure.value && before.note === figure.note) return done(before);
  const doc = nextVersion(ctx, before, { value: figure.value, note: figure.note });
  return saveChange(ctx, actor, { collection: 'figures', before, doc, action: 'set-figure', answer: doc });
}

/** Equal measure, round, day and kind in one office's year give the same record. */
function figureId(officeId: Id, { year: of, measure, round, asOf, kind }: z.output<typeof setFigureInput>): Id {
  return idOfText(JSON.stringify([officeId, of, measure, round, asOf, kind]));
}
