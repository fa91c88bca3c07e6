// Every failure that a person or a partner program can cause, on one page.
//
// A problem is a value, never an exception: it has a closed code, and where it helps a path to the field and details.
// Wording lives in web/words; HTTP status in web/errors.ts. Tests expect codes, never sentences.

export type ProblemCode =
  // who is asking
  | 'not-signed-in'
  | 'not-allowed' // the role lacks the right
  | 'not-found' // also: it is another producer's or office's
  // the input
  | 'invalid' // see `errors`
  | 'absent-reference' // an id inside a body that is absent or another's; see `errors`
  // the state
  | 'version-missing'
  | 'version-conflict'
  | 'request-key-reused' // same Idempotency-Key, other body
  | 'taken' // a value that must be unique is in use; see `errors`
  | 'lot-differs' // a lot of this number has other dates
  | 'lot-active' // changes after the first activation wait for the office
  | 'lot-fixed' // the lot is printed in a digital link
  | 'beyond-allowance'
  | 'overlap' // serials are activated for another lot: details.intervals
  | 'scanned-since' // a serial was scanned since its activation: details.serial
  | 'void-serials' // the range holds void serials: details.intervals
  | 'too-many-intervals'
  | 'plaque-has-no-lot'
  | 'blank-has-no-lot'
  | 'no-lot' // an activation that names no lot and has none
  | 'gtin-not-authorised'
  | 'reprint-reason-needed' // details.intervals: serials printed before
  | 'certificate-lapsed'
  | 'symbol-too-large' // details.fitting: templates that fit
  | 'text-does-not-fit' // details: element, template
  | 'letter-not-in-font' // details: element, letter
  | 'no-pins'
  | 'print-job-not-done' // details.state
  | 'print-job-ended' // details.state
  | 'no-disk-space' // details: neededBytes, freeBytes
  | 'already-decided'
  | 'already-withdrawn'
  // outside
  | 'too-many-requests'
  | 'too-large'
  | 'unsupported-media'
  | 'not-acceptable'
  | 'cannot-check-now'; // the store did not answer

/** One fault of one field: `path` as keys and indexes from the body's root, `code` for programs, `message` for people. */
export interface FieldError {
  path: (string | number)[];
  code: string;
  message: string;
}

export interface Problem {
  code: ProblemCode;
  /** One English sentence for logs and API answers: what happened and what to do. */
  detail: string;
  errors?: FieldError[];
  details?: Record<string, unknown>;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function fail(
  code: ProblemCode,
  detail: string,
  more: Omit<Problem, 'code' | 'detail'> = {},
): { ok: false; problem: Problem } {
  return { ok: false, problem: { code, detail, ...more } };
}

/** A failure of one field, by its dotted path: `fieldProblem('invalid', 'lot.number', 'pattern', '…')`. */
export function fieldProblem(
  code: 'invalid' | 'absent-reference' | 'taken',
  path: string,
  fieldCode: string,
  message: string,
): { ok: false; problem: Problem } {
  const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return fail(code, message, { errors: [{ path: keys, code: fieldCode, message }] });
}
