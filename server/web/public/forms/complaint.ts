// Takes complaints about a stamp, from the page's form and as JSON.

import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { fileComplaint, fileComplaintInput } from '../../../actions/market/file-complaint.ts';
import type { FiledReport } from '../../../actions/market/file-stamp-report.ts';
import type { Language } from '../../../domain/language.ts';
import { PUBLIC } from '../../../domain/people/account.ts';
import { ProblemError } from '../../errors.ts';
import { doneValue } from '../../outcome.ts';
import { parseJsonBody, parseShape } from '../../read-request.ts';
import { publicWordsOf, reportsWordsOf } from '../../words/words.ts';
import { isJson, languageIn, sendPage, wantsJson, type PublicDesk } from '../exchange.ts';
import { answerFiled } from './answer.ts';
import {
  complaintPage,
  EMPTY_DRAFT,
  LINE_SYMBOLS_MAX,
  MESSAGE_SYMBOLS_MAX,
  type ComplaintDraft,
  type DraftFault,
} from './complaint-page.ts';
import { minutesText, type FormLimit } from './form-limit.ts';
import type { Refusal } from './form-parts.ts';
import { sentForm } from './sent-form.ts';
import { aboutOf, callOf, withStamp, type OwnStamp } from './with-stamp.ts';

/** Answers `GET /t/:code/complaint` with the empty form. */
export function showComplaintForm({ answerScan, headers }: PublicDesk): RequestHandler {
  return withStamp(answerScan, (request, response, stamp) => {
    const language = languageIn(request);
    const text = complaintPage(aboutOf(stamp), EMPTY_DRAFT, [], language);
    sendPage(response, { status: 200, headers, language, text });
  });
}

/** Answers `POST /t/:code/complaint`. Only complaints that were taken count against the network's limit. */
export function takeComplaint(desk: PublicDesk, limit: FormLimit): RequestHandler {
  return withStamp(desk.answerScan, async (request, response, stamp) => {
    if (isJson(request)) {
      const filed = await limit.within(request, response, () => file(desk, parseJsonBody(request), stamp));
      return answerFiled(filed, request, response);
    }
    const { field, language, switched } = await sentForm(request);
    const draft = {
      about: field('about'),
      message: field('message'),
      where: field('where'),
      contact: field('contact'),
    };
    const again = (status: number, faults: DraftFault[], refusal: Refusal | null = null): void => {
      const text = complaintPage(aboutOf(stamp), draft, faults, language, refusal);
      sendPage(response, { status, headers: desk.headers, language, text });
    };
    if (switched) return again(200, []);
    const faults = faultsOf(draft);
    if (faults.length > 0) return again(400, faults);
    try {
      const filed = await limit.within(request, response, () => file(desk, filled(draft), stamp));
      answerFiled(filed, request, response, language);
    } catch (error) {
      // A person keeps what was typed, and reads why it was not taken.
      const why = wantsJson(request) ? null : whyRefused(error, stamp, language);
      if (why === null) throw error;
      const seconds = error instanceof ProblemError ? error.retryAfterSeconds : null;
      response.set('Retry-After', String(seconds ?? 1));
      again(429, [], { why, call: callOf(stamp) });
    }
  });
}

function whyRefused(error: unknown, stamp: OwnStamp, language: Language): string | null {
  if (!(error instanceof ProblemError)) return null;
  if (error.problem.code === 'quota-reached')
    return publicWordsOf(language).complaint.refused(stamp.facts.facts.office.name);
  if (error.problem.code !== 'too-many-requests') return null;
  return reportsWordsOf(language).refused.network(minutesText(error.retryAfterSeconds));
}

async function file({ context }: PublicDesk, body: unknown, stamp: OwnStamp): Promise<FiledReport> {
  const complaint = parseShape(fileComplaintInput, body, 'body') as z.output<typeof fileComplaintInput>;
  return doneValue(await fileComplaint(PUBLIC, { code: stamp.code, complaint }, { ...context(), request: null }));
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
  return FIELDS.filter((field) => parsed.error.issues.some((issue) => issue.path[0] === field)).map((field) => {
    const { length } = draft[field].trim();
    return {
      field,
      kind: length > max(field) ? 'too-long' : length === 0 || field === 'about' ? 'missing' : 'unreadable',
    };
  });
}
