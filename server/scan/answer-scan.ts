// Answers a scan: from a request to status, headers and body, with no HTTP server in sight (DESIGN §6).
//
// Parse, batch, tag, record, verdict, page: in this order. A scan is durable before it is answered; what cannot be
// checked or recorded now is 503 and never a verdict. No address, agent or code is stored or logged.

import { gzipSync } from 'node:zlib';
import type { Batch } from '../domain/batches/batch.ts';
import { dayIn } from '../domain/calendar.ts';
import { stampFactsOf, type StampFacts } from '../domain/stamp/stamp-facts.ts';
import type { BatchKeys } from '../domain/stamp/stamp-keys.ts';
import { StoreError, type Store } from '../store/store.ts';
import type { Language } from '../domain/language.ts';
import { Deadlines } from '../kit/deadlines.ts';
import type { RefusalReason, ScanAnswer, ScanPages, ScanRequest } from './answer.ts';
import { answerHeaders, securityHeaders, type AnswerKind } from './answer-headers.ts';
import { makeBatchCache, type BatchCache } from './batch-cache.ts';
import { makeContact } from './contact.ts';
import { judge } from './judge.ts';
import { lookUp, type Found } from './look-up.ts';
import { formOf, languageOf, takesGzip, type AnswerForm } from './negotiate.ts';
import { isLookAhead } from './not-counted.ts';
import type { Look } from './look.ts';
import { makeManyTries, type ManyTries } from './many-tries.ts';
import type { StampVerdict } from './public-view.ts';
import { makeScanRecorder, mayBeSignedIn, pinUse, placesShown, scansShown, seenAs, textOf } from './record-scan.ts';
import {
  makeRefusalCounts,
  makeRefusalLimiter,
  type RefusalCounts,
  type RefusalLimiter,
  type RefusalLimits,
} from './refusals.ts';
import { languageOfQuery, readScanPath, type ScanRoute } from './scan-path.ts';
import { makeStampAnswers } from './stamp-answer.ts';
import { makeDayHashes } from './salts.ts';
import { pinNetworkOf } from './visitor.ts';
import { makeWrongTries, type WrongTries } from './wrong-tries.ts';

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
  /** Whether a signed-in person asks, whose scans do not count. */
  isSignedIn: (headers: ScanRequest['headers']) => boolean | Promise<boolean>;
  /** Waits for some milliseconds; refusals are sent after a fixed time. */
  wait: (ms: number) => Promise<unknown>;
  limits?: RefusalLimits;
  /** Called for each answer, for metrics. */
  onAnswer?: (outcome: StampVerdict | RefusalReason | 'limited' | 'cannot-check-now' | 'other') => void;
}

export interface AnswerScan {
  (request: ScanRequest): Promise<ScanAnswer>;
  /** The stamp of a code typed at this address, for pages that record nothing. @throws StoreError */
  lookUp(typed: string, address: string): Promise<Found>;
  /** Today's name of the network that tries a PIN; null if there is no address. @throws StoreError */
  pinNetworkOf(address: string): Promise<string | null>;
  /** Writes the refusals counted since the last call; the owner's timer calls it. @throws StoreError */
  flushRefusals(): Promise<void>;
  /** Stops listening to the store. */
  stop(): void;
}

/** A refused code is answered this long after it came, so that the time does not show whether the store was asked. */
export const REFUSED_AFTER_MS = 25;
/**
 * If the store takes longer, a look-up is answered with "cannot check now". A stamp of a batch without recent scans
 * needs a dozen answers of the store, one after the other, and each may take half a second. People hardly wait longer.
 */
export const ANSWER_MS_MAX = 8_000;
const RETRY_AFTER_SECONDS = 5;
/** A page that refuses is made anew each time; this level takes a tenth of a millisecond. */
const REFUSED_LEVEL = 4;

/** What all look-ups of this process share. */
interface Desk extends Pick<AnswerScanDeps, 'store' | 'now' | 'timeZone' | 'pages' | 'log' | 'wait' | 'publicOrigin'> {
  headersOf: Readonly<Record<AnswerKind, Readonly<Record<string, string>>>>;
  cache: BatchCache;
  refusals: RefusalCounts;
  limiter: RefusalLimiter;
  wrongTries: WrongTries;
  manyTries: ManyTries;
  deadlines: Deadlines;
  record: ReturnType<typeof makeScanRecorder>;
  stampAnswer: ReturnType<typeof makeStampAnswers>;
  contactAt: ReturnType<typeof makeContact>;
  onAnswer: NonNullable<AnswerScanDeps['onAnswer']>;
}

/** One look-up under way. */
interface Asked {
  request: ScanRequest;
  language: Language;
  form: AnswerForm;
  /** A page may be sent compressed. */
  zipped: boolean;
  head: boolean;
  now: Date;
  /** Whether "cannot check now" was already answered. */
  gaveUp: boolean;
}

export function makeAnswerScan(deps: AnswerScanDeps): AnswerScan {
  const { store, pages, timeZone, onAnswer = () => undefined } = deps;
  const addressKey = deps.random(32);
  const limiter = makeRefusalLimiter(addressKey, deps.limits);
  const wrongTries = makeWrongTries(addressKey);
  const hashOf = makeDayHashes(store.scans, deps.random);
  const refusals = makeRefusalCounts(store.scans);
  const manyTries = makeManyTries(addressKey, refusals);
  const desk: Desk = {
    ...deps,
    onAnswer,
    headersOf: answerHeaders(securityHeaders({ publicOrigin: deps.publicOrigin, css: pages.css, scripts: 'own' })),
    cache: makeBatchCache(deps),
    refusals,
    limiter,
    wrongTries,
    manyTries,
    deadlines: new Deadlines(
      ANSWER_MS_MAX,
      () => new StoreError('unknown-commit', `no answer within ${ANSWER_MS_MAX} ms`),
    ),
    record: makeScanRecorder({ ...deps, hashOf, manyTries }),
    stampAnswer: makeStampAnswers(pages, timeZone),
    contactAt: makeContact(store.offices),
  };
  return Object.assign((request: ScanRequest) => answerScan(desk, request), {
    lookUp: (typed: string, address: string) => find(desk, typed, null, address, deps.now().getTime()),
    pinNetworkOf: async (address: string) => pinNetworkOf(await hashOf(dayIn(timeZone, deps.now())), address),
    flushRefusals: () => desk.refusals.flush(),
    stop: () => desk.cache.stop(),
  });
}

async function answerScan(desk: Desk, request: ScanRequest): Promise<ScanAnswer> {
  const language = languageOfQuery(request.path) ?? languageOf(textOf(request.headers['accept-language']));
  const form = formOf(textOf(request.headers['accept']));
  const zipped = form === 'html' && takesGzip(textOf(request.headers['accept-encoding']));
  const head = request.method === 'HEAD';
  const asked: Asked = { request, language, form, zipped, head, now: desk.now(), gaveUp: false };
  try {
    return await desk.deadlines.within(answer(desk, asked));
  } catch (error) {
    asked.gaveUp = true;
    desk.onAnswer('cannot-check-now');
    logFailure(desk, error);
    const body = { verdict: null, reason: 'cannot-check-now' };
    const retry = { 'Retry-After': String(RETRY_AFTER_SECONDS) };
    return respond(desk, asked, 503, body, () => desk.pages.cannotCheck(language), retry);
  }
}

async function answer(desk: Desk, asked: Asked): Promise<ScanAnswer> {
  const { request, now } = asked;
  const route = readScanPath(request.path);
  if (route === null) throw new RangeError('not the path of a look-up');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(desk, asked);
  if (route.kind === 'bad-link') return refuseLink(desk, asked);
  const found = await find(desk, route.typed, route.link, request.address, now.getTime());
  if (found.kind === 'barred') return refuseFor(desk, asked, found.waitSeconds);
  if (found.kind === 'refused') return refuseCode(desk, asked, found, route.typed ?? '');
  return answerStamp(desk, asked, found, route);
}

function find(
  { cache, wrongTries }: Desk,
  typed: string | null,
  link: { gtin: string; lot: string | null } | null,
  address: string,
  nowMs: number,
): Promise<Found> {
  return lookUp(cache, typed, link, nowMs, {
    secondsToWait: (batchId) => wrongTries.secondsToWait(batchId, address, nowMs),
    count: (batchId) => wrongTries.count(batchId, address, nowMs),
  });
}

async function answerStamp(
  desk: Desk,
  asked: Asked,
  found: Extract<Found, { kind: 'ours' }>,
  route: Extract<ScanRoute, { kind: 'stamp' }>,
): Promise<ScanAnswer> {
  const { request, language, form, zipped, head, now } = asked;
  const { store, timeZone, publicOrigin } = desk;
  const { code, serial, facts, batch } = found;
  const { full } = route;
  const today = dayIn(timeZone, now);
  // Programs that ask for the goods alone hold no goods.
  const countable = !head && !full && form !== 'ld' && !isLookAhead(request.headers);
  // Whoever records knows the tally, so it is read here only for who is not counted.
  const reads = !countable || mayBeSignedIn(request);
  const tally = reads ? await store.scans.tallyOf(batch.id, serial) : null;
  const before = stampFactsOf(facts.facts, serial, tally, facts.batchTally);
  const first = judge(before, now, timeZone);
  const unlessSuspect = reads || !isLeftToTally(before, first.verdict) ? null : { answer: before.answer };
  const recorded = countable ? await desk.record(asked, found, today, { verdict: first.verdict, unlessSuspect }) : null;
  const stamp = recorded === null ? before : { ...before, tally: recorded.tally };
  const judgement = recorded === null ? first : judge(stamp, now, timeZone);
  reportOutcome(desk, asked, judgement.verdict);
  const look: Look = {
    code,
    serial,
    scans: scansShown(stamp, recorded, timeZone),
    seen: seenAs(stamp, recorded),
    places: judgement.verdict === 'suspect' ? placesShown(stamp, timeZone) : null,
    pinUsed: pinUse(stamp, timeZone),
  };
  const body = desk.stampAnswer({ facts, stamp, judgement, look, today, language, form, zipped, full });
  const usual = desk.headersOf[`${zipped ? 'zip' : form}-${language}`];
  return {
    status: 200,
    headers: isPlainAddress(route, code) ? usual : { ...usual, Link: `<${publicOrigin}/t/${code}>; rel="canonical"` },
    body: head ? EMPTY : body,
    contentLength: body.byteLength,
  };
}

/** Whether the tally alone can make the verdict graver: of goods that are in order, or expired. */
function isLeftToTally({ plaque, display, activation }: StampFacts, verdict: StampVerdict): boolean {
  return (verdict === 'valid' || verdict === 'expired') && !plaque && display === null && activation !== null;
}

/** Whether the address holds the code's symbols and nothing around them: else the answer names the address without. */
function isPlainAddress({ typed, mended }: Extract<ScanRoute, { kind: 'stamp' }>, code: string): boolean {
  return !mended && (typed?.length === code.length || typed?.replaceAll('-', '').length === code.length);
}

function refuseMethod(desk: Desk, asked: Asked): ScanAnswer {
  desk.onAnswer('other');
  const body = { verdict: null, reason: 'method-not-allowed' };
  return respond(desk, asked, 405, body, () => desk.pages.methodNotAllowed(asked.language), { Allow: 'GET, HEAD' });
}

function refuseLink(desk: Desk, asked: Asked): ScanAnswer {
  desk.onAnswer('malformed');
  desk.refusals.add(dayIn(desk.timeZone, asked.now), 'malformed', null);
  const body = { verdict: 'unknown', reason: 'malformed' };
  return limited(desk, asked) ?? respond(desk, asked, 400, body, () => desk.pages.badLink(asked.language));
}

async function refuseCode(
  desk: Desk,
  asked: Asked,
  { reason, fault, batchId }: Extract<Found, { kind: 'refused' }>,
  typed: string,
): Promise<ScanAnswer> {
  const { now, language } = asked;
  const today = dayIn(desk.timeZone, now);
  desk.refusals.add(today, reason, batchId);
  if (reason === 'not-ours') desk.manyTries.wrong(today, asked.request.address, batchId);
  const contact = asked.form === 'html' ? await desk.contactAt(now.getTime()) : null;
  const body = { verdict: 'unknown', reason };
  const answered =
    limited(desk, asked) ??
    respond(desk, asked, 404, body, () => desk.pages.refused({ typed, fault, contact }, language));
  if (answered.status !== 429) reportOutcome(desk, asked, reason);
  if (reason === 'not-ours') await desk.wait(Math.max(0, now.getTime() + REFUSED_AFTER_MS - desk.now().getTime()));
  return answered;
}

/** 429 if the address asked for too many refused codes, else null. */
function limited(desk: Desk, asked: Asked): ScanAnswer | null {
  const seconds = desk.limiter.take(asked.request.address, asked.now.getTime());
  return seconds === null ? null : refuseFor(desk, asked, seconds);
}

function refuseFor(desk: Desk, asked: Asked, seconds: number): ScanAnswer {
  desk.onAnswer('limited');
  const body = { verdict: null, reason: 'too-many-requests' };
  const retry = { 'Retry-After': String(seconds) };
  return respond(desk, asked, 429, body, () => desk.pages.tooMany(asked.language), retry);
}

/** Reports an answer to the metrics once: not again if it comes after the look-up was given up. */
function reportOutcome({ onAnswer }: Desk, asked: Asked, outcome: StampVerdict | RefusalReason): void {
  if (!asked.gaveUp) onAnswer(outcome);
}

function respond(
  { headersOf }: Desk,
  { form, zipped, language, head }: Asked,
  status: number,
  json: object,
  page: () => string,
  extra: Record<string, string> = {},
): ScanAnswer {
  const plain = Buffer.from(form === 'html' ? page() : JSON.stringify(json), 'utf8');
  const body = zipped ? gzipSync(plain, { level: REFUSED_LEVEL }) : plain;
  const headers = { ...headersOf[`${zipped ? 'zip' : form === 'html' ? 'html' : 'json'}-${language}`], ...extra };
  return { status, headers, body: head ? EMPTY : body, contentLength: body.byteLength };
}

function logFailure({ log, store }: Desk, error: unknown): void {
  if (error instanceof StoreError) store.alarm(error);
  const kind = error instanceof StoreError ? error.kind : 'bug';
  const fields = { event: 'scan.cannot-check', kind, error: error instanceof Error ? error.message : String(error) };
  if (kind === 'unavailable' || kind === 'unknown-commit') log.warn(fields);
  else log.error(error instanceof Error ? { ...fields, stack: error.stack } : fields);
}

const EMPTY = Buffer.alloc(0);
