// The public pages besides the look-up itself: the front page and its box, complaints, PINs, reports of foreign stamps,
// photographs, static files.

import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import { readCarriedCode, type CarriedCode } from '../../domain/stamp/carried-code.ts';
import { PROBLEMS } from '../../domain/problem.ts';
import type { ScanLog } from '../../scan/answer-scan.ts';
import { ProblemError, problemOfError } from '../errors.ts';
import { parseQueryText } from '../read-request.ts';
import type { Gates } from '../gates.ts';
import { isFromOtherSite } from '../same-origin.ts';
import { symbolReaderRouter } from '../symbol-reader-files.ts';
import { languageIn, pageHeaders, sendPage, wantsJson, type PublicDesk } from './exchange.ts';
import { showAnswer } from './forms/answer.ts';
import { ANSWERS } from './forms/answer-page.ts';
import { showComplaintForm, takeComplaint } from './forms/complaint.ts';
import { FormLimit } from './forms/form-limit.ts';
import { PhotoRoom } from './forms/photo-room.ts';
import { showPin, takePin } from './forms/pin.ts';
import { showReportForm, takeReport, takeReportPhotos, type ReportDesk } from './forms/report.ts';
import { REPORT } from './forms/report-page.ts';
import { homePage } from './home-page.ts';
import { servePhoto } from './photo.ts';
import { serveSecurityTxt } from './security-txt.ts';
import { showCarton } from './carton-page.ts';
import { showRecordProof } from './record-proof.ts';
import { serveSigningKeys } from './signing-keys.ts';
import { cannotCheckPage, notFoundPage, notTakenPage } from './refusal-pages.ts';

export interface PublicRouterDeps extends Pick<PublicDesk, 'context' | 'answerScan'> {
  log: ScanLog;
  /** Names an address's network without telling the address. */
  networkOf: (address: string) => string;
  gates: Gates;
}

/** What a program sends: a message of 2,000 symbols, each of them escaped, has 12,000 bytes. */
const JSON_BYTES_MAX = 32 * 1_024;
/** Of a network in ten minutes. */
const COMPLAINTS_MAX = 20;
const PINS_MAX = 30;
/** Reports of foreign stamps. */
const REPORTS_MAX = 10;
/** Forms that add photographs to them. */
const PHOTO_FORMS_MAX = 20;
const STATIC_FOLDER = fileURLToPath(new URL('../../../public', import.meta.url));
const STATIC_SECONDS = 3_600;

export function publicRouter({ context, answerScan, log, networkOf, gates }: PublicRouterDeps): Router {
  const router = express.Router();
  const { store, now, settings } = context();
  const headers = pageHeaders(settings.publicOrigin);
  const desk: PublicDesk = { context, answerScan, headers };
  const form = [
    refuseOtherSites(settings.publicOrigin),
    express.raw({ type: 'application/json', limit: JSON_BYTES_MAX }),
  ];
  const taken = (max: number): FormLimit => new FormLimit(max, { networkOf, now });
  const reports: ReportDesk = {
    ...desk,
    limit: taken(REPORTS_MAX),
    photoLimit: taken(PHOTO_FORMS_MAX),
    room: new PhotoRoom(gates, networkOf),
  };

  router.get('/', showHome(settings.publicOrigin));
  router.get('/check', checkTyped(settings.publicOrigin, headers));
  router.get('/t/:code/complaint', showComplaintForm(desk));
  router.post('/t/:code/complaint', form, takeComplaint(desk, taken(COMPLAINTS_MAX)));
  router.get('/t/:code/pin', showPin(desk));
  router.post('/t/:code/pin', form, takePin(desk, taken(PINS_MAX)));
  router.get(REPORT, showReportForm(desk));
  router.post(REPORT, form, takeReport(reports));
  router.get(`${ANSWERS}/:number`, showAnswer(desk));
  router.post(`${ANSWERS}/:number`, form, takeReportPhotos(reports));
  router.get(
    '/.well-known/security.txt',
    serveSecurityTxt({ contact: settings.securityContact ?? null, publicOrigin: settings.publicOrigin, now }),
  );
  router.get('/c/:carton', showCarton(desk));
  router.get('/b/:number', showRecordProof(desk));
  router.get('/.well-known/temtrace-keys.json', serveSigningKeys(context));
  router.get('/photos/:fileId', servePhoto(store.files));
  router.use(symbolReaderRouter());
  router.use(
    express.static(STATIC_FOLDER, {
      index: false,
      redirect: false,
      maxAge: STATIC_SECONDS * 1_000,
      dotfiles: 'ignore',
    }),
  );
  router.use(answerOutage(log, headers));
  router.use(answerNotTaken(headers));
  return router;
}

/** Before it is counted: what another site sends must not use up the tries of its visitor's network. */
function refuseOtherSites(publicOrigin: string): RequestHandler {
  return (request, _response, next) => {
    if (!isFromOtherSite(request, publicOrigin)) return next();
    throw new ProblemError({ code: 'not-allowed', detail: 'This form must be sent from our own page.' });
  };
}

/** What programs look for and people do not: files by their ending, and the well-known addresses. */
const FILE_PATH = /^\/\.|\.[a-z0-9]{1,12}$/i;

/** What no page answers; mounted last. People get a page, programs that look for a file two words. */
export function answerNotFound(publicOrigin: string): RequestHandler {
  const headers = pageHeaders(publicOrigin);
  return (request, response) => {
    if (FILE_PATH.test(request.path)) {
      response.status(404).set(headers).type('text/plain').end('Not found\n');
      return;
    }
    const language = languageIn(request);
    sendPage(response, { status: 404, headers, language, text: notFoundPage(language) });
  };
}

function showHome(publicOrigin: string): RequestHandler {
  const headers = pageHeaders(publicOrigin, true, true);
  return (request, response) => {
    const language = languageIn(request);
    // What was typed before the language was changed.
    const code = parseQueryText(request)['code'] ?? '';
    const typed = code === '' ? null : { typed: code, fault: null };
    sendPage(response, { status: 200, headers, language, text: homePage(typed, publicOrigin, language) });
  };
}

/** The front page's box: leads to the stamp, or shows the page again with what is wrong with the code. */
function checkTyped(publicOrigin: string, plainHeaders: Readonly<Record<string, string>>): RequestHandler {
  const headers = pageHeaders(publicOrigin, true);
  return (request, response) => {
    const language = languageIn(request);
    const typed = parseQueryText(request)['code'] ?? '';
    const { parsed, link } = readCarriedCode(typed);
    if (parsed.ok) {
      const query = language === 'vi' ? '' : `?lang=${language}`;
      return response.set(plainHeaders).redirect(303, `${pathOf(parsed.code, link)}${query}`);
    }
    const text = homePage({ typed, fault: parsed.fault }, publicOrigin, language);
    sendPage(response, { status: 400, headers, language, text });
  };
}

/** People get a page when the store is away; programs, and every other failure, the application's own answer. */
function answerOutage(log: ScanLog, headers: Readonly<Record<string, string>>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (problemOfError(error)?.code !== 'cannot-check-now' || wantsJson(request) || response.headersSent)
      return next(error);
    log.warn({ event: 'public.cannot-answer', error: error instanceof Error ? error.message : String(error) });
    response.set('Retry-After', '5');
    const language = languageIn(request);
    sendPage(response, { status: 503, headers, language, text: cannotCheckPage(language) });
  };
}

/** People whose form could not be taken or read get a page with a way back to it; programs the problem itself. */
function answerNotTaken(headers: Readonly<Record<string, string>>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOfError(error);
    if (problem === null || request.method !== 'POST' || wantsJson(request) || response.headersSent) return next(error);
    const language = languageIn(request);
    const seconds = error instanceof ProblemError ? error.retryAfterSeconds : null;
    if (seconds !== null) response.set('Retry-After', String(seconds));
    const text = notTakenPage(problem.code, request.originalUrl, language);
    sendPage(response, { status: PROBLEMS[problem.code], headers, language, text });
  };
}

/** A link that names a GTIN keeps it, so that the look-up holds it against the stamp's own. */
function pathOf(code: string, link: CarriedCode['link']): string {
  if (link === null) return `/t/${code}`;
  return `/01/${link.gtin}${link.lot === null ? '' : `/10/${encodeURIComponent(link.lot)}`}/21/${code}`;
}
