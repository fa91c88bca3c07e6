// What an action's problem means for the form that was sent: one sentence above it, and one beside each faulty field.
// The sentences follow from codes. The English sentences of a problem are for programs and are never shown.

import type { FieldError, Problem } from '../../domain/problem.ts';
import { frameWordsOf, type FrameWords } from '../words/words.ts';
import type { Language } from '../../domain/language.ts';
import type { SentForm } from '../read-form.ts';
import { sent } from './forms/sent.ts';

export interface FormFaults {
  /** Null: nothing is wrong. */
  title: string | null;
  text: string | null;
  /** By the field's name in the form, which is the path in the input: `address.commune`. */
  fields: Readonly<Record<string, string>>;
  /** Somebody changed the record meanwhile: each field says what is on record where both changed it. */
  isStale?: boolean;
  /** Fields of the record that both changed (run-form.ts); left out: any may be. */
  clashes?: readonly string[];
  /** Fields of the record that only somebody else changed: they show what is on record. */
  theirs?: readonly string[];
  /** The fields show what was sent, even if nothing is wrong with it. */
  kept?: boolean;
  /** What they were made of, so that they can be said in another language. */
  problem?: Problem;
}

export const NO_FAULTS: FormFaults = { title: null, text: null, fields: {} };

/** Whether a form shows what was sent instead of the record. */
export function showsSent({ title, kept }: FormFaults): boolean {
  return title !== null || kept === true;
}

/**
 * @param own the area's sentences, by `path:code`, by path, or by the problem's code (for the text above the form)
 * @param rename path of the input -> the form's field, if they differ
 */
export function formFaults(
  problem: Problem,
  { form, language }: { form: SentForm; language: Language },
  own: Readonly<Record<string, string>> = {},
  rename: Readonly<Record<string, string>> = {},
): FormFaults {
  const words = frameWordsOf(language);
  const fields: Record<string, string> = {};
  for (const error of problem.errors ?? []) {
    const path = error.path.join('.');
    const name = rename[path] ?? path;
    fields[name] ??=
      alikeText(error, problem, words) ??
      own[`${path}:${error.code}`] ??
      textOf(error, sent(form, name) === '', words) ??
      own[path] ??
      words.form.wrong;
  }
  const { title, todo } = words.problems[problem.code];
  const isStale = problem.code === 'version-conflict';
  const fieldsIn = (name: string): string[] | undefined => {
    const names: unknown = problem.details?.[name];
    return Array.isArray(names) ? names.map(String) : undefined;
  };
  const [clashes, theirs] = [fieldsIn('clashes'), fieldsIn('theirs')];
  return {
    title,
    text: own[problem.code] ?? todo,
    fields,
    problem,
    ...(isStale ? { isStale } : {}),
    ...(clashes === undefined ? {} : { clashes }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

/** The records that a typed reference may mean, by name (actions/kit/written-alike.ts); null: it is no such fault. */
function alikeText({ code }: FieldError, { details }: Problem, { form }: FrameWords): string | null {
  const references: unknown = details?.['references'];
  if ((code !== 'ambiguous' && code !== 'taken') || !Array.isArray(references)) return null;
  const named = references.map(String).join(', ');
  return code === 'taken' ? form.takenAs(named) : form.ambiguous(named);
}

/** Codes that mean "empty" if nothing was typed. */
const BLANK_CODES: ReadonlySet<string> = new Set([
  'too-small',
  'invalid-type',
  'invalid-value',
  'required',
  'custom',
  'invalid-format',
]);

/** The general sentence of a fault; null: only the area has words for it. */
function textOf({ code, expected }: FieldError, isBlank: boolean, { form }: FrameWords): string | null {
  if (isBlank && BLANK_CODES.has(code)) return form.required;
  switch (code) {
    case 'too-big':
      return expected === 'text' ? form.tooLong : form.outOfRange;
    case 'too-small':
      return expected === 'text' ? null : form.outOfRange;
    case 'required':
      return form.required;
    case 'taken':
      return form.taken;
    case 'absent':
      return form.absent;
    case 'invalid-type':
      return expected === 'number' ? form.notANumber : null;
    case 'custom':
      if (expected === 'not-easy') return form.easyPassword;
      return expected === 'day' ? form.notADay : expected === 'no-controls' ? form.control : null;
    default:
      return null;
  }
}
