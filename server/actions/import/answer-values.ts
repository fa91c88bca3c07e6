// What a person says that texts of closed columns mean ("Cơ sở" is a household): asked once a value, not once a row.
// The answers are kept with the import, its rows are tried anew, and the office's next imports begin with them.

import type { Id } from '../../domain/entity.ts';
import { ANSWERS_MAX, type RegistryImport, type ValueAnswer } from '../../domain/import/registry-import.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { reachImport, UNTRIED } from './keep-import.ts';
import { columnInRow } from './list-parts.ts';
import { mergedAnswers } from './office-answers.ts';

/**
 * Keeps the answers, in place of earlier ones to the same texts, and starts the trial anew.
 * Problems: not-found, version-conflict, already-decided, invalid at `answers`.
 */
export async function answerValues(
  actor: Actor,
  input: { id: Id; version: number; answers: readonly ValueAnswer[] },
  ctx: ActionContext,
): Promise<Outcome<RegistryImport>> {
  const found = await reachImport(actor, input, ctx);
  if (!found.ok) return found;
  const before = found.value;
  if (before.state !== 'checked') return fail('already-decided', 'Only rows that were tried are asked about.');
  const given: ValueAnswer[] = [];
  for (const { column: name, word, value } of input.answers) {
    const { column } = columnInRow(before.kind, name);
    if (column === undefined || column.values === null || !Object.hasOwn(column.values, value))
      return fieldProblem('invalid', 'answers', 'invalid-value', `The column ${name} has no value ${value}.`);
    given.push({ column: column.key, word, value });
  }
  const answers = mergedAnswers([before.answers ?? [], given]);
  if (answers.length > ANSWERS_MAX)
    return fieldProblem('invalid', 'answers', 'too-big', `An import has at most ${ANSWERS_MAX} answers.`);
  const doc = nextVersion(ctx, before, {
    ...UNTRIED,
    answers,
    state: 'checking',
  });
  const change = { collection: 'imports', before, doc, action: 'check-import', answer: doc } as const;
  return saveChange(ctx, actor, { ...change, values: { state: doc.state, answers: given } });
}
