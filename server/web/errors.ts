// The only translator from problems and exceptions to HTTP: status by code, body by RFC 9457.

import { STATUS_CODES } from 'node:http';
import type { Language } from '../domain/language.ts';
import { PROBLEMS, type Problem } from '../domain/problem.ts';
import { StoreError } from '../store/store.ts';
import { fieldFault, problemDetail } from './words/words.ts';

/** A problem that is thrown to the place that answers it. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** From the caller, or the problem's `details.retryAfterSeconds`. */
  readonly retryAfterSeconds: number | null;
  constructor(problem: Problem, retryAfterSeconds: number | null = null) {
    super(problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
    const stated = problem.details?.['retryAfterSeconds'];
    this.retryAfterSeconds = retryAfterSeconds ?? (typeof stated === 'number' ? stated : null);
  }
}

export interface ProblemBody {
  type: 'about:blank';
  title: string;
  status: number;
  detail: string;
  code: string;
  errors: { path: (string | number)[]; code: string; message: string }[];
  moreErrors?: number;
  [detail: string]: unknown;
}

/** The `application/problem+json` body of a problem, its sentences in the language that was asked for. */
export function problemBody(problem: Problem, language: Language = 'en'): ProblemBody {
  const status = PROBLEMS[problem.code];
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: problemDetail(problem.code, problem.detail, language),
    code: problem.code,
    errors: (problem.errors ?? []).map(({ path, code, message }) => ({
      path,
      code,
      message: fieldFault(code, message, language),
    })),
    ...(problem.moreErrors === undefined ? {} : { moreErrors: problem.moreErrors }),
    ...problem.details,
  };
}

/** Reads any thrown value as a problem; null: a bug, to be logged and answered with 500. */
export function problemOfError(error: unknown): Problem | null {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof StoreError) {
    return {
      code: 'cannot-check-now',
      detail: 'The store cannot answer now. Nothing was changed that was not confirmed; try again in a moment.',
    };
  }
  if (error instanceof URIError) return { code: 'invalid', detail: 'The address holds a broken percent-encoding.' };
  if (isHttpError(error)) {
    if (error.status === 413) return { code: 'too-large', detail: 'The body is too large.' };
    if (error.status === 415)
      return { code: 'unsupported-media', detail: 'The body is encoded in a way that is not read here.' };
    return { code: 'invalid', detail: 'The request could not be read.' };
  }
  return null;
}

/** What body readers and the router throw: an error with a client status. */
function isHttpError(error: unknown): error is { status: number } {
  if (typeof error !== 'object' || error === null || !('status' in error)) return false;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500;
}
