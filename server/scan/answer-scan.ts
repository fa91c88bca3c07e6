// Answers a scan: from a request to status, headers and body, with no HTTP server in sight (DESIGN §6).
//
// Parse, batch, tag, record, verdict, page: in this order. A scan is durable before it is answered; what cannot be checked or
// recorded now is 503 and never a verdict. No address, agent or code is stored or logged.

import type { Batch } from '../domain/batches/batch.ts';
import { dayIn } from '../domain/calendar.ts';
import type { Day } from '../domain/entity.ts';
import { stampFactsOf, type StampFacts } from '../domain/stamp/stamp-facts.ts';
import type { BatchKeys } from '../domain/stamp/stamp-keys.ts';
import { suspicionOf } from '../domain/stamp/suspect.ts';
import { verdictOf } from '../domain/stamp/verdict.ts';
import { inTime } from '../store/in-time.ts';
import { StoreError, type RecordedScan, type Store } from '../store/store.ts';
import type { Language } from '../domain/language.ts';
import type { Contact, RefusalReason, ScanAnswer, ScanPages, ScanRequest } from './answer.ts';
import { answerHeaders, securityHeaders } from './answer-headers.ts';
import { makeBatchCache } from './batch-cache.ts';
import { lookUp, type Found } from './look-up.ts';
import { formOf, languageOf, type AnswerForm } from './negotiate.ts';
import { isLookAhead } from './not-counted.ts';
import type { Judgement, Look, StampVerdict } from './public-view.ts';
import { makeRefusalCounts, makeRefusalLimiter, type RefusalLimits } from './refusals.ts';
import { languageOfQuery, readScanPath } from './scan-path.ts';
import { provinceOfHeader } from './place.ts';
import { makeStampAnswers } from './stamp-answer.ts';
import { makeDayHashes } from './salts.ts';
import { visitorOf } from './visitor.ts';

export interface ScanLog {
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

export interface AnswerScanDeps {
  store: Store;
  /** Null: the wrapped secret or a field bound to it was changed. */
  unwrap: (batch: Batch) => BatchKeys | null;
  now: () => Date;
  random: (bytes: number) => Uint8Array;
  timeZone: string;
  publicOrigin: string;
  /** Lower-case name of the header in which a proxy states the visitor's province; null: none. */
  placeHeader: string | null;
  log: ScanLog;
  pages: ScanPages;
  /** Whether a signed-in person asks: their scans do not count. */
  isSignedIn: (headers: ScanRequest['headers']) => boolean | Promise<boolean>;
  /** Waits so many milliseconds; refusals are sent after a set time. */
  wait: (ms: number) => Promise<unknown>;
  limits?: RefusalLimits;
  /** Told of each answer, for metrics. */
  onAnswer?: (outcome: StampVerdict | RefusalReason | 'limited' | 'cannot-check-now' | 'other') => void;
}

export interface AnswerScan {
  (request: ScanRequest): Promise<ScanAnswer>;
  /** The stamp of a code as typed, for pages that record nothing. @throws StoreError */
  lookUp(typed: string): Promise<Found>;
  /** The visitor's name for today, as scans are told apart by; null where there is no address. @throws StoreError */
  visitorOf(address: string, userAgent: string | undefined): Promise<string | null>;
  /** Writes the refusals counted since the last call: the owner's timer calls it. @throws StoreError */
  flushRefusals(): Promise<void>;
  /** Stops listening to the store. */
  stop(): void;
}

/** A refused code is answered this long after it came: whether the store had to be asked must not show. */
export const REFUSED_AFTER_MS = 25;
/**
 * A look-up that the store keeps for longer is answered with "cannot check now". A stamp of a batch that nobody scanned lately
 * needs a dozen answers of the store, one after the other: each may take half a second. A person waits hardly longer.
 */
export const ANSWER_MS_MAX = 8_000;
const RETRY_AFTER_SECONDS = 5;
const CONTACT_MS_MAX = 60_000;
/** Scan ids are a random prefix of this process and a running number. */
const SCAN_ID_BYTES = 12;

export function makeAnswerScan(deps: AnswerScanDeps): AnswerScan {
  const { store, log, pages, timeZone, onAnswer = () => undefined } = deps;
  const headersOf = answerHeaders(securityHeaders({ publicOrigin: deps.publicOrigin, css: pages.css }));
  const cache = makeBatchCache(deps);
  const refusals = makeRefusalCounts(store.scans);
  const limiter = makeRefusalLimiter(deps.random(32), deps.limits);
  const hashOf = makeDayHashes(store.scans, deps.random);
  const stampAnswer = makeStampAnswers(pages, timeZone);
  const scanIds = Buffer.from(deps.random(SCAN_ID_BYTES)).toString('base64url');
  let scans = 0;
  let contact: { office: Contact | null; readAtMs: number } | null = null;

  async function answerScan(request: ScanRequest): Promise<ScanAnswer> {
    const language = languageOfQuery(request.path) ?? languageOf(textOf(request.headers['accept-language']));
    const form = formOf(textOf(request.headers['accept']));
    const asked: Asked = { request, language, form, head: request.method === 'HEAD', now: deps.now(), given: false };
    try {
      return await inTime(answer(asked), ANSWER_MS_MAX);
    } catch (error) {
      asked.given = true;
      onAnswer('cannot-check-now');
      logFailure(error);
      return respond(asked, 503, { verdict: null, reason: 'cannot-check-now' }, () => pages.cannotCheck(language), {
        'Retry-After': String(RETRY_AFTER_SECONDS),
      });
    }
  }

  async function answer(asked: Asked): Promise<ScanAnswer> {
    const { request, language, now } = asked;
    const route = readScanPath(request.path);
    if (route === null) throw new RangeError('not the path of a look-up');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      onAnswer('other');
      const body = { verdict: null, reason: 'method-not-allowed' };
      return respond(asked, 405, body, () => pages.methodNotAllowed(language), { Allow: 'GET, HEAD' });
    }
    if (route.kind === 'bad-link') {
      onAnswer('malformed');
      refusals.add(dayIn(timeZone, now), 'malformed', null);
      return (
        limited(asked) ??
        respond(asked, 400, { verdict: 'unknown', reason: 'malformed' }, () => pages.badLink(language))
      );
    }
    const found = await lookUp(cache, route.typed, route.link, now.getTime());
    if (found.kind === 'refused') return refuse(asked, found, route.typed ?? '');

    const { code, serial, facts } = found;
    const today = dayIn(timeZone, now);
    const countable = !asked.head && !route.full && !isLookAhead(request.headers);
    const before = stampFactsOf(
      facts.facts,
      serial,
      await store.scans.tallyOf(found.batch.id, serial),
      facts.batchTally,
    );
    const recorded = countable ? await record(asked, found, today, judge(before, now).verdict) : null;
    const stamp = recorded === null ? before : { ...before, tally: recorded.tally };
    const judgement = recorded === null ? judge(before, now) : judge(stamp, now);
    told(asked, judgement.verdict);
    const look: Look = { code, serial, scans: scansOf(stamp, recorded) };
    const body = stampAnswer({ facts, stamp, judgement, look, today, language, form: asked.form, full: route.full });
    return {
      status: 200,
      headers: headersOf[`${asked.form}-${language}`],
      body: asked.head ? EMPTY : body,
      contentLength: body.byteLength,
    };
  }

  function judge(stamp: StampFacts, now: Date): Judgement {
    const { verdict, also, display } = verdictOf(stamp, now, timeZone);
    const suspicious = verdict === 'suspect' || also.includes('suspect');
    const context = { plaque: stamp.plaque, display, activatedAt: stamp.activation?.at ?? null };
    return {
      verdict: verdict as StampVerdict, // of facts that are not null it is never `unknown`
      also: also as StampVerdict[],
      display,
      suspicion: suspicious ? suspicionOf(stamp.tally, stamp.batchTally, context).forConsumer : null,
    };
  }

  async function record(
    asked: Asked,
    found: Extract<Found, { kind: 'ours' }>,
    today: Day,
    verdict: StampVerdict,
  ): Promise<RecordedScan> {
    const { request, now } = asked;
    const { headers } = request;
    const signedIn =
      headers['cookie'] !== undefined || headers['authorization'] !== undefined
        ? await deps.isSignedIn(headers)
        : false;
    const known = hashOf(today);
    const hash = known instanceof Promise ? await known : known;
    const place = deps.placeHeader === null ? undefined : textOf(headers[deps.placeHeader]);
    // Who was told to come again is counted when they do.
    if (asked.given) throw new StoreError('unavailable', 'the store came too late for this scan');
    scans += 1;
    return store.scans.record({
      id: `${scanIds}${scans.toString(36)}`,
      batchId: found.batch.id,
      serial: found.serial,
      at: now.toISOString(),
      day: today,
      visitor: visitorOf(hash, request.address, textOf(headers['user-agent'])),
      province: place === undefined ? null : provinceOfHeader(place),
      verdict,
      signedIn,
    });
  }

  /** An answer that comes after the look-up was given up is none. */
  function told(asked: Asked, outcome: StampVerdict | RefusalReason): void {
    if (!asked.given) onAnswer(outcome);
  }

  function scansOf(stamp: StampFacts, recorded: RecordedScan | null): NonNullable<Look['scans']> {
    const { tally } = stamp;
    if (tally === null || tally.count === 0) return { count: 0, first: false, firstOn: null };
    // The only scan counted is this visitor's own: now, or within the last ten minutes.
    const first = tally.count === 1 && recorded !== null && (recorded.counted || recorded.repeat);
    return { count: tally.count, first, firstOn: dayIn(timeZone, tally.firstAt) };
  }

  async function refuse(asked: Asked, found: Extract<Found, { kind: 'refused' }>, typed: string): Promise<ScanAnswer> {
    const { reason, fault } = found;
    refusals.add(dayIn(timeZone, asked.now), reason, found.batchId);
    const office = asked.form === 'html' ? await contactOf(asked.now.getTime()) : null;
    const answered =
      limited(asked) ??
      respond(asked, 404, { verdict: 'unknown', reason }, () =>
        pages.refused({ typed, fault, contact: office }, asked.language),
      );
    if (answered.status !== 429) told(asked, reason);
    if (reason === 'not-ours')
      await deps.wait(Math.max(0, asked.now.getTime() + REFUSED_AFTER_MS - deps.now().getTime()));
    return answered;
  }

  function limited(asked: Asked): ScanAnswer | null {
    const seconds = limiter.take(asked.request.address, asked.now.getTime());
    if (seconds === null) return null;
    onAnswer('limited');
    const body = { verdict: null, reason: 'too-many-requests' };
    return respond(asked, 429, body, () => pages.tooMany(asked.language), { 'Retry-After': String(seconds) });
  }

  /** The deployment's office where it has one alone: whom else to ask about a code that is nobody's? */
  async function contactOf(nowMs: number): Promise<Contact | null> {
    if (contact !== null && nowMs - contact.readAtMs < CONTACT_MS_MAX) return contact.office;
    try {
      const { items } = await store.offices.list({}, { limit: 2, after: null });
      const only = items.length === 1 ? items[0] : undefined;
      contact = { office: only === undefined ? null : { name: only.name, phone: only.phone }, readAtMs: nowMs };
      return contact.office;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      return null; // a refusal needs no store: it is answered without the telephone
    }
  }

  function respond(
    asked: Asked,
    status: number,
    json: object,
    page: () => string,
    extra: Record<string, string> = {},
  ): ScanAnswer {
    const body = Buffer.from(asked.form === 'json' ? JSON.stringify(json) : page(), 'utf8');
    const headers = { ...headersOf[`${asked.form}-${asked.language}`], ...extra };
    return { status, headers, body: asked.head ? EMPTY : body, contentLength: body.byteLength };
  }

  function logFailure(error: unknown): void {
    const kind = error instanceof StoreError ? error.kind : 'bug';
    const fields = { event: 'scan.cannot-check', kind, error: error instanceof Error ? error.message : String(error) };
    if (kind === 'unavailable' || kind === 'unknown-commit') log.warn(fields);
    else log.error(error instanceof Error ? { ...fields, stack: error.stack } : fields);
  }

  return Object.assign(answerScan, {
    lookUp: (typed: string) => lookUp(cache, typed, null, deps.now().getTime()),
    visitorOf: async (address: string, userAgent: string | undefined) =>
      visitorOf(await hashOf(dayIn(timeZone, deps.now())), address, userAgent),
    flushRefusals: () => refusals.flush(),
    stop: () => cache.stop(),
  });
}

interface Asked {
  request: ScanRequest;
  language: Language;
  form: AnswerForm;
  head: boolean;
  now: Date;
  /** Whether "cannot check now" was answered already. */
  given: boolean;
}

const EMPTY = Buffer.alloc(0);

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
