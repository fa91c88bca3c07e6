// Reads a request's parts into the shapes that its route declares. What cannot be read is a problem with the field's
// path.

import type { Request } from 'express';
import type { z } from 'zod';
import { fieldErrorsOf } from '../actions/kit/field-errors.ts';
import { fail, type Problem } from '../domain/problem.ts';
import { ProblemError } from './errors.ts';

export const JSON_BODY_MAX_BYTES = 256 * 1024;
/** A photo from a phone is 3 to 8 MiB. */
export const UPLOAD_MAX_BYTES = 10 * 1024 * 1024;

/** A version in quotes has eleven symbols at most; some clients add spaces. */
export const IF_MATCH_SYMBOLS_MAX = 64;
export const IDEMPOTENCY_KEY_SYMBOLS_MAX = 200;

/** Fields of one object in a body; ours have at most about sixty. */
const FIELDS_MAX = 200;
/**
 * Fields of a whole body: reading 13,000 names blocks the thread that answers scans for 10 ms. Our templates have about
 * 600.
 */
const COLONS_MAX = 4_000;
/** Depth of nested objects and lists; ours are four deep. */
const DEPTH_MAX = 32;

/** Checks a value against a shape. @throws ProblemError `invalid` with every faulty field */
export function parseShape(shape: z.ZodType, value: unknown, where: 'params' | 'query' | 'body'): unknown {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = fieldErrorsOf(parsed.error);
  throw new ProblemError(fail('invalid', `The ${WHERE[where]} is not as described; see "errors".`, { errors }).problem);
}

/** The body as a JSON object in strict UTF-8. @throws ProblemError */
export function parseJsonBody(request: Request): unknown {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    if (request.headers['content-type'] !== undefined && !isJson(request.headers['content-type'])) {
      throw new ProblemError({ code: 'unsupported-media', detail: 'Send the body as application/json.' });
    }
    return {};
  }
  if (colonsIn(bytes) > COLONS_MAX)
    throw new ProblemError({ code: 'invalid', detail: 'The body has too many fields.' });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError({ code: 'invalid', detail: 'The body is not valid UTF-8.' });
  }
  const value = jsonOf(text);
  if (!isWithinFields(value, 0))
    throw new ProblemError({
      code: 'invalid',
      detail: `An object of the body has more than ${FIELDS_MAX} fields, or lies more than ${DEPTH_MAX} deep.`,
    });
  return value;
}

/** Each field of a JSON text has one, and strings may contain more. */
function colonsIn(bytes: Buffer): number {
  let colons = 0;
  for (let at = bytes.indexOf(':'); at >= 0; at = bytes.indexOf(':', at + 1)) colons += 1;
  return colons;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError({ code: 'invalid', detail: 'The body is not valid JSON.' });
  }
}

/** Checked before the schema, which spends microseconds on every unknown field. */
function isWithinFields(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= DEPTH_MAX) return false;
  const parts: unknown[] = Array.isArray(value) ? value : Object.values(value);
  if (!Array.isArray(value) && parts.length > FIELDS_MAX) return false;
  return parts.every((part) => isWithinFields(part, depth + 1));
}

/** The query as plain text values; a repeated name is refused. @throws ProblemError */
export function parseQueryText(request: Request): Record<string, string> {
  const mark = request.originalUrl.indexOf('?');
  const search = mark < 0 ? '' : request.originalUrl.slice(mark + 1);
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const pair of search.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    if (name in values) throw new ProblemError(badQuery(name, 'given twice'));
    values[name] = at < 0 ? '' : decode(pair.slice(at + 1));
  }
  return { ...values };
}

/** The version in `If-Match: "7"`. @throws ProblemError 428 without it, 412 if it cannot be a version */
export function parseIfMatch(request: Request): number {
  const header = request.headers['if-match'];
  if (header === undefined) {
    throw new ProblemError({ code: 'version-missing', detail: 'Send the version you read as If-Match: "<version>".' });
  }
  const match = header.length > IF_MATCH_SYMBOLS_MAX ? null : /^\s*"?([1-9][0-9]{0,8})"?\s*$/.exec(header);
  if (match === null)
    throw new ProblemError({ code: 'version-conflict', detail: 'If-Match holds no version of this record.' });
  return Number(match[1]);
}

export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

const WHERE = { params: 'address', query: 'query', body: 'body' } as const;

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new ProblemError({ code: 'invalid', detail: 'The query holds a broken percent-encoding.' });
  }
}

function badQuery(name: string, message: string): Problem {
  return {
    code: 'invalid',
    detail: 'The query is not as described; see "errors".',
    errors: [{ path: [name], code: 'repeated', message }],
  };
}
