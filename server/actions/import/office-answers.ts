// What an office's people said that texts of closed columns mean, from one import to the next. It is kept in the
// imports themselves: each begins with what the last ones knew.

import type { Id } from '../../domain/entity.ts';
import { ANSWERS_MAX, type ValueAnswer } from '../../domain/import/registry-import.ts';
import type { ActionContext } from '../kit/context.ts';
import { wordOfCell } from './value-words.ts';

/** Of so many imports of before, newest first, an office's answers are remembered. */
const IMPORTS_REMEMBERED = 20;

/** What the office said in its last imports; of two answers to one text the newer. */
export async function rememberedAnswers(officeId: Id, ctx: Pick<ActionContext, 'store'>): Promise<ValueAnswer[]> {
  const page = await ctx.store.imports.list({ officeId }, { limit: IMPORTS_REMEMBERED, after: null });
  return mergedAnswers(page.items.toReversed().map(({ answers }) => answers ?? [])).slice(-ANSWERS_MAX);
}

/** Later answers replace earlier ones to the same text. */
export function mergedAnswers(lists: readonly (readonly ValueAnswer[])[]): ValueAnswer[] {
  const merged = new Map<string, ValueAnswer>();
  for (const answer of lists.flat()) {
    const key = `${answer.column}\n${wordOfCell(answer.word)}`;
    merged.delete(key);
    merged.set(key, answer);
  }
  return [...merged.values()];
}
