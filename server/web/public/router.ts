// The public pages besides the look-up itself: the front page and its box, complaints, PINs, photographs, static files.
// A code that is not ours is answered by answerScan, as everywhere, so that no form tells more than the look-up does.

import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit, type RateLimitRequestHandler } from 'express-rate-limit';
import type { z } from 'zod';
import { checkPin, checkPinInput } from '../../actions/market/check-pin.ts';
import type { ActionContext } from '../../actions/kit/context.ts';
import { fileComplaint, fileComplaintInput } from '../../actions/market/file-complaint.ts';
import { PUBLIC } from '../../domain/people/account.ts';
import { parseStampCode } from '../../domain/stamp/stamp-code.ts';
import { stampFactsOf } from '../../domain/stamp/stamp-facts.ts';
import type { Language } from '../../domain/language.ts';
import { securityHeaders } from '../../scan/answer-headers.ts';
import type { AnswerScan, ScanLog } from '../../scan/answer-scan.ts';
import type { Found } from '../../scan/look-up.ts';
import { formOf, languageOf } from '../../scan/negotiate.ts';
import { makeKeyedHash } from '../../scan/keyed-hash.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { networkOf } from '../../scan/visitor.ts';
import { parseJsonBody, parseQueryText, parseShape } from '../api/read-request.ts';
import { problemOfError, ProblemError } from '../errors.ts';
import { symbolReaderRouter } from '../symbol-reader-files.ts';
import {
  complaintPage,
  EMPTY_DRAFT,
  LINE_SYMBOLS_MAX,
  MESSAGE_SYMBOLS_MAX,
  thanksPage,
  type ComplaintDraft,
  type DraftFault,
} from './complaint-page.ts';
import { homePage } from './home-page.ts';
import { servePhoto } from './photo.ts';
import { pinPage } from './pin-page.ts';
import { cannotCheckPage, notFoundPage, tooManyPage } from './refusal-pages.ts';
import { CSS, FORM_CSS } from './style.ts';

export interface PublicRouterDeps {
  /** Everything of a call's context but its request key. */
  context: () => Omit<ActionContext, 'request'>;
  answerScan: AnswerScan;
  log: ScanLog;
}

/** A form is some kilobytes at most. */
const BODY_BYTES_MAX = 16 * 1_024;
const LIMIT_MINUTES = 10;
/** Per network address, which a whole market may share; each stamp locks its PIN by itself (domain/pin.ts). */
const COMPLAINTS_MAX = 20;
const PINS_MAX = 30;
const STATIC_FOLDER = fileURLToPath(new URL('../../../public', import.meta.url));
const STATIC_SECONDS = 3_600;

export function publicRouter({ context, answerScan, log }: PublicRouterDeps): Router {
  const router = express.Router();
  const { store, random, settings } = context();
  const { publicOrigin, timeZone } = settings;
  const host = publicOrigin.replace(/^https?:\/\//, '');
  const css = [CSS, FORM_CSS];
  const plainHeaders = pageHeaders(securityHeaders({ publicOrigin, css }));
  const scriptHeaders = pageHeaders(securityHeaders({ publicOrigin, css, ownScripts: true }));
  const limitHash = makeKeyedHash(random(32));
  const readForm: RequestHandler[] = [
    express.raw({ type: 'application/json', limit: BODY_BYTES_MAX }),
    express.urlencoded({ extended: false, limit: BODY_BYTES_MAX, parameterLimit: 20 }),
  ];

  const send = (response: Response, status: number, language: Language, page: string, headers = plainHeaders): void => {
    response.status(status).set(headers).set('Content-Language', language).end(page);
  };

  router.get('/', (request, response) =>
    send(response, 200, languageIn(request), homePage(null, host, languageIn(request)), scriptHeaders),
  );

  router.get('/check', (request, response) => {
    const language = languageIn(request);
    const typed = codeIn(parseQueryText(request)['code'] ?? '');
    const parsed = parseStampCode(typed);
    if (parsed.ok)
      return response
        .set(plainHeaders)
        .redirect(303, `/t/${parsed.code}${language === 'vi' ? '' : `?lang=${language}`}`);
    send(response, 400, language, homePage({ typed, fault: parsed.fault }, host, language), scriptHeaders);
  });

  router.get(
    '/t/:code/complaint',
    withStamp((request, response, found) => {
      const language = languageIn(request);
      send(
        response,
        200,
        language,
        complaintPage({ code: found.code, name: nameOf(found) }, EMPTY_DRAFT, [], language),
      );
    }),
  );

  router.post(
    '/t/:code/complaint',
    limiter(COMPLAINTS_MAX),
    ...readForm,
    withStamp(async (request, response, found) => {
      const language = languageIn(request);
      const json = isJson(request);
      const draft = json ? EMPTY_DRAFT : draftOf(request.body);
      const faults = json ? [] : faultsOf(draft);
      if (faults.length > 0) {
        return send(
          response,
          400,
          language,
          complaintPage({ code: found.code, name: nameOf(found) }, draft, faults, language),
        );
      }
      const body = json ? parseJsonBody(request) : filled(draft);
      const complaint = parseShape(fileComplaintInput, body, 'body') as z.output<typeof fileComplaintInput>;
      const outcome = await fileComplaint(PUBLIC, { code: found.code, complaint }, { ...context(), request: null });
      if (!outcome.ok) throw new ProblemError(outcome.problem);
      if (outcome.value.kind === 'waiting') throw new TypeError('a complaint waits for nobody');
      const { number } = outcome.value.value;
      if (wantsJson(request)) return void response.status(201).set('Cache-Control', 'no-store').json({ number });
      send(
        response,
        201,
        language,
        thanksPage({ code: found.code, office: found.facts.facts.office.name, number }, language),
      );
    }),
  );

  router.post(
    '/t/:code/pin',
    limiter(PINS_MAX),
    ...readForm,
    withStamp(async (request, response, found) => {
      const language = languageIn(request);
      const seen = { timeZone, language };
      const body = isJson(request)
        ? parseShape(checkPinInput, parseJsonBody(request), 'body')
        : { pin: fieldOf(request.body, 'pin') };
      const input = checkPinInput.safeParse(body);
      if (!input.success) {
        if (wantsJson(request)) parseShape(checkPinInput, body, 'body');
        return send(response, 400, language, pinPage(found.code, { kind: 'malformed' }, seen));
      }
      const visitor = await answerScan.visitorOf(addressOf(request), request.headers['user-agent']);
      const outcome = await checkPin(
        PUBLIC,
        { code: found.code, pin: input.data.pin, visitor },
        { ...context(), request: null },
      );
      if (!outcome.ok && (wantsJson(request) || outcome.problem.code !== 'no-pins'))
        throw new ProblemError(outcome.problem);
      const answer = outcome.ok ? outcome.value : ({ kind: 'none' } as const);
      if (wantsJson(request)) return void response.set('Cache-Control', 'no-store').json(answer);
      send(response, answer.kind === 'none' ? 409 : 200, language, pinPage(found.code, answer, seen));
    }),
  );

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
  router.use(answerFailure);
  return router;

  /** People get a page when the store is away; programs, and every other failure, the application's own answer. */
  function answerFailure(error: unknown, request: Request, response: Response, next: NextFunction): void {
    if (problemOfError(error)?.code !== 'cannot-check-now' || wantsJson(request) || response.headersSent)
      return next(error);
    log.warn({ event: 'public.cannot-answer', error: error instanceof Error ? error.message : String(error) });
    response.set('Retry-After', '5');
    send(response, 503, languageIn(request), cannotCheckPage(languageIn(request)));
  }

  /** Finds the stamp first; what is refused, or cannot be read, is answered as the look-up answers it. */
  function withStamp(
    handle: (request: Request, response: Response, found: Ours) => void | Promise<void>,
  ): RequestHandler {
    return async (request, response) => {
      const code = String(request.params['code']);
      const found = await answerScan.lookUp(code);
      if (found.kind === 'ours') return handle(request, response, found);
      const path = `/t/${encodeURIComponent(code)}?lang=${languageIn(request)}`;
      const headers = wantsJson(request) ? { accept: 'application/json' } : {};
      const answer = await answerScan({ method: 'GET', path, headers, address: addressOf(request) });
      response.status(answer.status).set(answer.headers).end(answer.body);
    };
  }

  /** The network a request comes from (a /64 of IPv6), hashed: no raw address is kept, not even in memory. */
  function networkKeyOf(request: Request): string {
    return limitHash(networkOf(addressOf(request)) ?? 'none');
  }

  function limiter(limit: number): RateLimitRequestHandler {
    return rateLimit({
      windowMs: LIMIT_MINUTES * 60_000,
      limit,
      standardHeaders: true,
      legacyHeaders: false,
      keyGenerator: networkKeyOf,
      handler: (request, response) => {
        if (wantsJson(request))
          throw new ProblemError({
            code: 'too-many-requests',
            detail: 'Too many forms came from this network. Try again later.',
          });
        send(response, 429, languageIn(request), tooManyPage(languageIn(request)));
      },
    });
  }
}

/** What no page answers, for whoever mounts this router last. */
export function answerNotFound(publicOrigin: string): RequestHandler {
  const headers = pageHeaders(securityHeaders({ publicOrigin, css: [CSS, FORM_CSS] }));
  return (request, response) => {
    const language = languageIn(request);
    response.status(404).set(headers).set('Content-Language', language).end(notFoundPage(language));
  };
}

type Ours = Extract<Found, { kind: 'ours' }>;

function pageHeaders(security: Record<string, string>): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept, Accept-Language',
    ...security,
  };
}

function addressOf(request: Request): string {
  return request.ip ?? '';
}

function languageIn(request: Request): Language {
  return languageOfQuery(request.originalUrl) ?? languageOf(request.headers['accept-language']);
}

/** What was typed; of a whole address that was pasted, its last part. */
function codeIn(typed: string): string {
  const bare = typed
    .trim()
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '');
  return bare.slice(bare.lastIndexOf('/') + 1);
}

function nameOf({ facts, serial }: Ours): string {
  return stampFactsOf(facts.facts, serial, null, null).product?.name ?? facts.facts.producer.name;
}

function isJson(request: Request): boolean {
  return request.is('application/json') === 'application/json';
}

/** Programs that send JSON want JSON back, whatever they accept besides. */
function wantsJson(request: Request): boolean {
  return isJson(request) || formOf(request.headers.accept) === 'json';
}

function fieldOf(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === 'string' ? value : '';
}

function draftOf(body: unknown): ComplaintDraft {
  return {
    about: fieldOf(body, 'about'),
    message: fieldOf(body, 'message'),
    where: fieldOf(body, 'where'),
    contact: fieldOf(body, 'contact'),
  };
}

/** An empty line of a form is a field left out. */
function filled({ about, message, where, contact }: ComplaintDraft): unknown {
  return { about, message, where: where.trim() === '' ? null : where, contact: contact.trim() === '' ? null : contact };
}

function faultsOf(draft: ComplaintDraft): DraftFault[] {
  const parsed = fileComplaintInput.safeParse(filled(draft));
  if (parsed.success) return [];
  const max = (field: keyof ComplaintDraft): number => (field === 'message' ? MESSAGE_SYMBOLS_MAX : LINE_SYMBOLS_MAX);
  return FIELDS.filter((field) => parsed.error.issues.some((issue) => issue.path[0] === field)).map((field) => ({
    field,
    kind: draft[field].trim().length > max(field) ? 'too-long' : 'missing',
  }));
}

const FIELDS = ['about', 'message', 'where', 'contact'] as const;
