// Every failure that a person or a partner program can cause, on one page.
//
// A problem is a value, never an exception: a code of a closed list and, where they help, the path of a field and
// details. Its words for people are in web/words. Tests expect codes, never sentences.

/** Every code, with the HTTP status of its answer. A code added here needs its words in web/words too. */
export const PROBLEMS = {
  // who is asking
  'not-signed-in': 401,
  'not-allowed': 403, // the role lacks the right
  'not-found': 404, // also: it is another producer's or office's
  // the input
  invalid: 400, // see `errors`
  'absent-reference': 400, // an id inside a body that is absent or another's; see `errors`
  // the state of a record
  'version-missing': 428,
  'version-conflict': 412,
  'request-key-reused': 409, // same Idempotency-Key, other body
  'request-under-way': 409, // same Idempotency-Key and body: the first one has no answer yet
  taken: 409, // a value that must be unique is in use; see `errors`
  'lot-differs': 409, // a lot of this number has other dates
  'lot-active': 409, // changes after the first activation wait for the office
  'lot-fixed': 409, // the lot is printed in a digital link
  'lot-printed': 409, // stamps that name its product are printed: details.batchIds, details.stamps
  'beyond-allowance': 409,
  overlap: 409, // serials are activated for another lot: details.intervals
  'scanned-since': 409, // a serial was scanned since its activation: details.serial
  'event-seen': 409, // a buyer may have read this event of a journey
  'void-serials': 409, // the range holds void serials: details.intervals
  'too-many-intervals': 409,
  'plaque-has-no-lot': 400,
  'blank-has-no-lot': 400,
  'no-lot': 400, // an activation that names no lot and has none
  'gtin-not-authorised': 409,
  'reprint-reason-needed': 409, // details.intervals: serials printed before
  'certificate-lapsed': 409,
  recalled: 409, // details: recallId, at; unless the request acknowledges it
  'unusual-quantity': 409, // asked by the print page, which also offers to confirm it
  'lot-has-stamps': 409, // as above
  'symbol-too-large': 409, // details.fitting: templates that fit
  'text-does-not-fit': 409, // details: element, template
  'letter-not-in-font': 409, // details: element, letter
  'no-pins': 409,
  'print-job-not-done': 409, // details.state
  'print-job-ended': 409, // details.state
  'no-disk-space': 507, // details: neededBytes, freeBytes
  'already-decided': 409,
  'already-withdrawn': 409,
  // inspectors
  'pack-too-large': 409, // details: stamps, max
  'round-ended': 409, // details.state
  'round-full': 409, // details.max
  'second-step': 401, // the password is right: a code of the second step is missing or wrong
  'device-proof': 401, // the app's session without a proof of its device, or a clock far off: details.serverTime
  'device-shut': 401, // the office shut the device or the account
  // outside
  'too-many-requests': 429,
  'quota-reached': 429, // a bound of a day, actions/kit/day-quotas.ts: details.quota, max, retryAfterSeconds
  busy: 429, // too much of this work is running: a bound of web/gates.ts
  'too-large': 413,
  'unsupported-media': 415,
  'not-acceptable': 406,
  'cannot-check-now': 503, // the store did not answer
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/**
 * One fault of one field: `path` as keys and indexes from the body's root, `code` for programs, `message` for people.
 */
export interface FieldError {
  path: (string | number)[];
  code: string;
  message: string;
  /** What the field takes, if the code alone does not say it. For our own forms; API answers leave it out. */
  expected?: 'text' | 'number' | 'day' | 'no-controls' | 'not-easy';
}

export interface Problem {
  code: ProblemCode;
  /** One English sentence for logs and API answers: what happened and what to do. */
  detail: string;
  /** At most ERRORS_MAX. */
  errors?: FieldError[];
  /** Faults beyond ERRORS_MAX, which are not listed; absent: none. */
  moreErrors?: number;
  details?: Record<string, unknown>;
}

/** A person mends a few faults at a time. A longer list would only let hostile input make a long answer. */
export const ERRORS_MAX = 20;

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export function ok<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

/** A problem. Of more than ERRORS_MAX faults it lists the first and counts the rest. */
export function fail(
  code: ProblemCode,
  detail: string,
  more: Omit<Problem, 'code' | 'detail' | 'moreErrors'> = {},
): { ok: false; problem: Problem } {
  const { errors = [] } = more;
  if (errors.length <= ERRORS_MAX) return { ok: false, problem: { code, detail, ...more } };
  const cut = { errors: errors.slice(0, ERRORS_MAX), moreErrors: errors.length - ERRORS_MAX };
  return { ok: false, problem: { code, detail, ...more, ...cut } };
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
