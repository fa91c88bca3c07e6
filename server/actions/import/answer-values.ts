// What a person says that texts of closed columns mean ("Cơ sở" is a household): asked once a value, not once a row.
// The answers are kept with the import, its rows are tried anew, and the office's next imports begin with them.

import type { Id } from '../../domain/entity.ts';
import { ANSWERS_MAX, NO_ROWS, type RegistryImport, type ValueAnswer } from '../../domain/import/registry-import.ts';
import type { Actor } from '../../domain/people/account.ts';
import { fail, fieldProblem } from '../../domain/problem.ts';
import type { ActionContext, Outcome } from '../kit/context.ts';
import { nextVersion, saveChange } from '../kit/save.ts';
import { reachImport } from './keep-import.ts';
import { mergedAnswers } from './office-answers.ts';
import { REGISTRY_COLUMNS } from './registry-columns.ts';

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
  const given = input.answers;
  for (const { column, value } of given) {
    const values = REGISTRY_COLUMNS[before.kind].find(({ key }) => key === column)?.values ?? null;
    if (values === null || !Object.hasOwn(values, value))
      return fieldProblem('invalid', 'answers', 'invalid-value', `The column ${column} has no value ${value}.`);
  }
  const answers = mergedAnswers([before.answers ?? [], given]);
  if (answers.length > ANSWERS_MAX)
    return fieldProblem('invalid', 'answers', 'too-big', `An import has at most ${ANSWERS_MAX} answers.`);
  const doc = nextVersion(ctx, before, {
    answers,
    state: 'checking',
    done: 0,
    counts: NO_ROWS,
    causes: [],
    renamesAgreed: false,
    reportFileIds: [],
  });
  const change = { collection: 'imports', before, doc, action: 'check-import', answer: doc } as const;
  return saveChange(ctx, actor, { ...change, values: { state: doc.state, answers: given } });
}
