// The worklist of certificates that lapse: nearest end first, with what was done about each.

import type { Actor } from '../../domain/people/account.ts';
import type { Day, Id } from '../../domain/entity.ts';
import { ok, type Result } from '../../domain/problem.ts';
import {
  fileDue,
  followedUp,
  lapseMonths,
  lapsesOn,
  type FollowUp,
  type Lapse,
  type LapseMonth,
} from '../../domain/programme/lapsing.ts';
import type { ActionContext } from '../kit/context.ts';
import { allAsOf } from '../kit/as-of.ts';
import type { OfficeFacts } from '../kit/office-facts.ts';
import { programmeOffice } from './programme-office.ts';
import { todayOf } from '../kit/today.ts';

export interface LapsingRow {
  lapse: Lapse;
  product: string;
  producer: string;
  producerId: Id;
  /** The latest of each kind; null: not yet. */
  reminded: FollowUp | null;
  fileReceived: FollowUp | null;
}

export interface Lapsing {
  officeId: Id;
  on: Day;
  /** OCOP certificates that a rating rests on, in force and lapsed. */
  inForce: number;
  lapsed: number;
  months: LapseMonth[];
  /** In force for at most 90 more days. */
  soon: LapsingRow[];
  /** More than 90 days left, but the file for a new evaluation is due: its window opens 180 days before the end. */
  files: LapsingRow[];
  /** Out of force. */
  over: LapsingRow[];
  /** How many there are of each; the lists hold the first rowsMax. */
  counts: {
    soon: number;
    within30: number;
    files: number;
    over: number;
    /** Producers, not certificates: of those within 90 days. */
    remindedProducers: number;
    /** In force, with the window open or past and no file received, within 90 days or not; and how many are late. */
    filesDue: number;
    filesLate: number;
  };
}

/** Rows of each section. A province with 16,855 certificates would have about five hundred that lapse in a quarter. */
const LAPSING_ROWS_MAX = 200;
/** Months ahead that the chart shows. */
const MONTHS = 20;

export async function readLapsing(
  actor: Actor,
  input: { officeId?: Id | undefined; on?: Day | undefined; rowsMax?: number },
  ctx: ActionContext,
): Promise<Result<Lapsing>> {
  const office = await programmeOffice(actor, 'read-programme', input.officeId, ctx);
  if (!office.ok) return office;
  const { on = todayOf(ctx), rowsMax = LAPSING_ROWS_MAX } = input;
  const facts = await ctx.officeFacts.of(office.value);
  const lapses = lapsesOn(allAsOf('certificates', facts.certificates.values(), on, ctx.settings.timeZone), on);
  const soon = lapses.filter(({ part }) => part !== null);
  const files = lapses.filter(({ part, file }) => part === null && (file.state === 'open' || file.state === 'late'));
  const over = lapses.filter(({ daysLeft }) => daysLeft < 0).reverse();
  const followUps = Map.groupBy(facts.followUps.values(), ({ certificateId }) => certificateId);
  const rows = (some: Lapse[]): LapsingRow[] => some.map((lapse) => rowOf(lapse, facts, followUps, on));
  // Every row of those that run out is counted, and the first are shown.
  const [soonRows, fileRows] = [rows(soon), rows(files)];
  const due = [...soonRows, ...fileRows].map((row) => fileDue(row.lapse, row));
  return ok({
    officeId: office.value,
    on,
    inForce: lapses.length - over.length,
    lapsed: over.length,
    months: lapseMonths(lapses, on, MONTHS),
    soon: soonRows.slice(0, rowsMax),
    files: fileRows.slice(0, rowsMax),
    over: rows(over.slice(0, rowsMax)),
    counts: {
      soon: soon.length,
      within30: soon.filter(({ part }) => part === 30).length,
      files: files.length,
      over: over.length,
      remindedProducers: new Set(soonRows.flatMap(({ reminded, producerId }) => (reminded ? [producerId] : []))).size,
      filesDue: due.filter((one) => one !== 'no').length,
      filesLate: due.filter((one) => one === 'late').length,
    },
  });
}

function rowOf(lapse: Lapse, facts: OfficeFacts, followUps: ReadonlyMap<Id, readonly FollowUp[]>, on: Day): LapsingRow {
  const { id, producerId } = lapse.certificate;
  return {
    lapse,
    product: facts.products.get(lapse.productId)?.name ?? '',
    producer: facts.producers.get(producerId)?.name ?? '',
    producerId,
    ...followedUp(lapse, followUps.get(id) ?? [], on),
  };
}
