// Takes complaints about a stamp, from the page's form and as JSON.

import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { fileComplaint, fileComplaintInput } from '../../actions/market/file-complaint.ts';
import { PUBLIC } from '../../domain/people/account.ts';
import { ProblemError } from '../errors.ts';
import { parseJsonBody, parseShape } from '../read-request.ts';
import {
  complaintPage,
  EMPTY_DRAFT,
  LINE_SYMBOLS_MAX,
  MESSAGE_SYMBOLS_MAX,
  thanksPage,
  type ComplaintDraft,
  type DraftFault,
} from './complaint-page.ts';
import { fieldOf, isJson, languageIn, sendPage, wantsJson, type PublicDesk } from './exchange.ts';
import { aboutOf, withStamp, type OwnStamp } from './with-stamp.ts';

/** Answers `GET /t/:code/complaint` with the empty form. */
export function showComplaintForm({ answerScan, headers }: PublicDesk): RequestHandler {
  return withStamp(answerScan, (request, response, stamp) => {
    const language = languageIn(request);
    const text = complaintPage(aboutOf(stamp), EMPTY_DRAFT, [], language);
    sendPage(response, { status: 200, headers, language, text });
  });
}

/** Answers `POST /t/:code/complaint`. */
export function takeComplaint(desk: PublicDesk): RequestHandler {
  return withStamp(desk.answerScan, async (request, response, stamp) => {
    if (isJson(request)) return file(desk, parseJsonBody(request), stamp, request, response);
    const draft = draftOf(request.body);
    const faults = faultsOf(draft);
    const language = languageIn(request);
    const again = (status: number, refused: boolean): void => {
      const { name, phone } = stamp.facts.facts.office;
      const text = complaintPage(aboutOf(stamp), draft, faults, language, refused ? { office: name, phone } : null);
      sendPage(response, { status, headers: desk.headers, language, text });
    };
    if (faults.length > 0) return again(400, false);
    try {
      await file(desk, filled(draft), stamp, request, response);
    } catch (error) {
      // A person keeps what was typed, and reads why it was not taken.
      if (!(error instanceof ProblemError) || error.problem.code !== 'quota-reached' || wantsJson(request)) throw error;
      response.set('Retry-After', String(error.retryAfterSeconds ?? 1));
      again(429, true);
    }
  });
}

async function file(
  { context, headers }: PublicDesk,
  body: unknown,
  stamp: OwnStamp,
  request: Request,
  response: Response,
): Promise<void> {
  const complaint = parseShape(fileComplaintInput, body, 'body') as z.output<typeof fileComplaintInput>;
  const outcome = await fileComplaint(PUBLIC, { code: stamp.code, complaint }, { ...context(), request: null });
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  if (outcome.value.kind === 'waiting') throw new TypeError('a complaint needs no approval');
  const { number } = outcome.value.value;
  if (wantsJson(request)) return void response.status(201).set('Cache-Control', 'no-store').json({ number });
  const language = languageIn(request);
  const text = thanksPage({ code: stamp.code, office: stamp.facts.facts.office.name, number }, language);
  sendPage(response, { status: 201, headers, language, text });
}

function draftOf(body: unknown): ComplaintDraft {
  return {
    about: fieldOf(body, 'about'),
    message: fieldOf(body, 'message'),
    where: fieldOf(body, 'where'),
    contact: fieldOf(body, 'contact'),
  };
}

/** An empty line of a form counts as left out. */
function filled({ about, message, where, contact }: ComplaintDraft): unknown {
  return { about, message, where: where.trim() === '' ? null : where, contact: contact.trim() === '' ? null : contact };
}

const FIELDS = ['about', 'message', 'where', 'contact'] as const;

function faultsOf(draft: ComplaintDraft): DraftFault[] {
  const parsed = fileComplaintInput.safeParse(filled(draft));
  if (parsed.success) return [];
  const max = (field: keyof ComplaintDraft): number => (field === 'message' ? MESSAGE_SYMBOLS_MAX : LINE_SYMBOLS_MAX);
  return FIELDS.filter((field) => parsed.error.issues.some((issue) => issue.path[0] === field)).map((field) => ({
    field,
    kind: draft[field].trim().length > max(field) ? 'too-long' : 'missing',
  }));
}
