// What was known of a record at the end of a day. A report of a past day repeats what that day's report said; what was
// entered later counts on its own day and is marked as late. Decision: docs/decisions/0029-figures-on-a-day.md.
//
// A record that a figure rests on keeps the earlier states of these fields (`was`), one for each day on which they
// changed. actions/kit/save.ts writes them for all of REPORTED_FIELDS, so no action can forget to.

import type { Day, Entity } from '../entity.ts';
import type { Candidate } from './candidates.ts';
import type { Evaluation } from '../registry/evaluation.ts';
import type { Figure, Plan, Support } from './programme.ts';
import type { Certificate } from '../registry/certificate.ts';
import type { Product } from '../registry/product.ts';

/** The fields that figures of a day rest on, by collection. */
export const REPORTED_FIELDS = {
  certificates: [
    'productId',
    'producerId',
    'scheme',
    'stars',
    'number',
    'issuedOn',
    'expiresOn',
    'extension',
    'revocation',
  ],
  evaluations: ['productId', 'producerId', 'round', 'heldOn', 'stars'],
  products: ['group'],
  candidates: ['producerId', 'maker', 'year', 'stage', 'stageOn'],
  supports: ['year', 'kind', 'producerId', 'quantity', 'givenOn', 'struck'],
  figures: ['year', 'measure', 'round', 'value', 'asOf', 'kind', 'note'],
  plans: ['targets', 'note'],
} as const satisfies {
  certificates: readonly (keyof Certificate)[];
  evaluations: readonly (keyof Evaluation)[];
  products: readonly (keyof Product)[];
  candidates: readonly (keyof Candidate)[];
  supports: readonly (keyof Support)[];
  figures: readonly (keyof Figure)[];
  plans: readonly (keyof Plan)[];
};

/** Most past states of one record: enough for four years of weekly changes. The oldest are dropped first. */
const PAST_STATES_MAX = 200;

/** A state that ended: the fields as they were until this day, on which they changed. */
export interface PastState {
  until: Day;
  fields: Record<string, unknown>;
}

/** What a record that figures rest on has besides its fields; absent if it never changed. */
export interface Remembered {
  was?: PastState[];
}

export type Dated = Pick<Entity, 'createdAt'> & Remembered;

/** The past states of `after`; `before` is the previous version and `today` the day of the change. */
export function pastStates(
  fields: readonly string[],
  before: object & Remembered,
  after: object,
  today: Day,
): PastState[] {
  const was = before.was ?? [];
  const last = was.at(-1);
  const isSame = fields.every(
    (field) => JSON.stringify(valueIn(before, field)) === JSON.stringify(valueIn(after, field)),
  );
  // A report of a day is read at its end, so of several changes on one day only the state before the first is kept.
  if (isSame || (last !== undefined && last.until >= today)) return was;
  const state = { until: today, fields: Object.fromEntries(fields.map((field) => [field, valueIn(before, field)])) };
  return [...was, state].slice(-PAST_STATES_MAX);
}

function valueIn(doc: object, field: string): unknown {
  return (doc as Record<string, unknown>)[field] ?? null;
}

/** A record as it counts for a day. */
export type AsOf<T> = T & {
  /** It was entered, or changed to this, after the day. */
  late: boolean;
  /** When it was entered, or changed to this. */
  enteredOn: Day;
};

/** Earlier than any day, for what has no day of its own and counts for its whole year. */
const ALWAYS: Day = '0000-01-01';

/**
 * The day that a state is about, whenever it was entered; null: it has no such day, and the day of its entry counts.
 */
export const OWN_DAY = {
  certificates: (
    state: Pick<Certificate, 'issuedOn' | 'revocation'>,
    before: Pick<Certificate, 'issuedOn' | 'revocation'> | null,
  ) =>
    before === null
      ? state.issuedOn
      : state.revocation !== null && state.revocation.on !== before.revocation?.on
        ? state.revocation.on
        : null,
  evaluations: (state: Pick<Evaluation, 'heldOn'>, before: object | null) => (before === null ? state.heldOn : null),
  supports: (state: Pick<Support, 'givenOn'>, before: object | null) => (before === null ? state.givenOn : null),
  candidates: (state: Pick<Candidate, 'stageOn'>, before: Pick<Candidate, 'stageOn'> | null) =>
    before === null || before.stageOn !== state.stageOn ? state.stageOn : null,
  // An estimate is known from its entry on. One entered after its day was taken over from a past year.
  figures: (state: Pick<Figure, 'kind' | 'asOf'>, before: object | null, enteredOn: Day) =>
    before !== null ? null : state.kind === 'reported' ? state.asOf : enteredOn > state.asOf ? ALWAYS : null,
  plans: (_: Pick<Plan, 'targets'>, before: object | null) => (before === null ? ALWAYS : null),
  products: (_: Pick<Product, 'group'>, before: object | null) => (before === null ? ALWAYS : null),
} as const satisfies Record<keyof typeof REPORTED_FIELDS, unknown>;

/**
 * The record as it counts for a day; null: it does not count yet.
 *
 * @param enteredOn the day on which the record was made
 * @param ownDay    of OWN_DAY
 */
export function asOf<T extends Remembered>(
  record: T,
  day: Day,
  enteredOn: Day,
  ownDay: (state: T, before: T | null, enteredOn: Day) => Day | null,
): AsOf<T> | null {
  const countsFrom = (state: T, before: T | null, entered: Day): Day => {
    const own = ownDay(state, before, enteredOn);
    return own !== null && own < entered ? own : entered;
  };
  // The report of that day did not have the record, so what is known of it today counts.
  if (day < enteredOn) return countsFrom(record, null, enteredOn) <= day ? { ...record, late: true, enteredOn } : null;
  const was = record.was ?? [];
  const states = [...was.map(({ fields }) => ({ ...record, ...fields })), record];
  for (let at = states.length - 1; at >= 0; at -= 1) {
    const state = states[at] ?? record;
    const entered = was[at - 1]?.until ?? enteredOn;
    if (countsFrom(state, states[at - 1] ?? null, entered) <= day)
      return { ...state, late: entered > day, enteredOn: entered };
  }
  return null;
}
