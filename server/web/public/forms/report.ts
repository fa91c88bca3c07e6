// Takes reports of stamps that are not ours, from the form and as JSON, and the photographs that come with them or
// later. A report is never lost for its photographs: it is filed first, and the page that follows says what is missing.

import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { addStampReportPhoto, type PhotoOf } from '../../../actions/market/add-stamp-report-photo.ts';
import { fileStampReport, fileStampReportInput, type FiledReport } from '../../../actions/market/file-stamp-report.ts';
import { ANSWER_KEY_SYMBOLS_MAX } from '../../../actions/market/answer-key.ts';
import { PUBLIC } from '../../../domain/people/account.ts';
import { provinceToday } from '../../../domain/places.ts';
import { readCarriedCode } from '../../../domain/stamp/carried-code.ts';
import { ProblemError } from '../../errors.ts';
import { doneValue } from '../../outcome.ts';
import { FORM_BYTES_MAX, type SentFile } from '../../read-form.ts';
import { parseJsonBody, parseQueryText, parseShape, UPLOAD_MAX_BYTES } from '../../read-request.ts';
import { reportsWordsOf } from '../../words/words.ts';
import { addressOf, isJson, languageIn, sendPage, wantsJson, type PublicDesk } from '../exchange.ts';
import { answerFiled, answerPath } from './answer.ts';
import type { PhotoProblem } from './answer-page.ts';
import { minutesText, type FormLimit } from './form-limit.ts';
import type { Refusal } from './form-parts.ts';
import { makeOfficeList, type OfficeList } from './office-list.ts';
import { sentForm, type PublicForm } from './sent-form.ts';
import { REPORT_FIELDS, reportPage, type ReportDraft, type ReportFault, type ReportField } from './report-page.ts';
import type { PhotoRoom } from './photo-room.ts';

const TEXT_FIELDS = ['readAs', 'says', 'goods', 'province', 'place', 'message', 'contact'] as const;
const PHOTOS: readonly (readonly [field: 'stampPhoto' | 'packPhoto', of: PhotoOf])[] = [
  ['stampPhoto', 'stamp'],
  ['packPhoto', 'pack'],
];
const BYTES_MAX = PHOTOS.length * UPLOAD_MAX_BYTES + FORM_BYTES_MAX;

export interface ReportDesk extends PublicDesk {
  limit: FormLimit;
  /** Of forms that add photographs later. */
  photoLimit: FormLimit;
  /** Places for what is sent with photographs. */
  room: PhotoRoom;
}

/** Answers `GET /report`, with the code or address that was looked up in `?code=`. */
export function showReportForm({ context, headers }: PublicDesk): RequestHandler {
  const offices = makeOfficeList(context);
  return async (request, response) => {
    const language = languageIn(request);
    const readAs = (parseQueryText(request)['code'] ?? '').slice(0, REPORT_FIELDS.readAs).toWellFormed();
    const draft = draftOf((name) => (name === 'readAs' ? readAs : ''));
    const text = reportPage(draft, { language, offices: await offices() });
    sendPage(response, { status: 200, headers, language, text });
  };
}

/** Answers `POST /report`. */
export function takeReport(desk: ReportDesk): RequestHandler {
  const offices = makeOfficeList(desk.context);
  return async (request, response) => {
    if (isJson(request)) return takeJson(desk, request, response);
    await desk.room.within(request, response, async (hasRoom) => {
      const form = await sentForm(request, { bytesMax: BYTES_MAX, files: hasRoom ? true : 'dropped' });
      await takeForm(desk, form, hasRoom, await offices(), request, response);
    });
  };
}

async function takeJson(desk: ReportDesk, request: Request, response: Response): Promise<void> {
  const body = parseShape(fileStampReportInput, parseJsonBody(request), 'body') as Input;
  if ((await ownStampIn(desk, body.readAs ?? '', request)) !== null) {
    const message = 'This is the code of a stamp of ours: send a complaint to /t/CODE/complaint.';
    const errors = [{ path: ['readAs'], code: 'ours', message }];
    throw new ProblemError({ code: 'invalid', detail: 'The body is not as described; see "errors".', errors });
  }
  answerFiled(await desk.limit.within(request, response, () => file(desk, body)), request, response);
}

async function takeForm(
  desk: ReportDesk,
  { field, files, language, switched }: PublicForm,
  hasRoom: boolean,
  offices: Awaited<ReturnType<OfficeList>>,
  request: Request,
  response: Response,
): Promise<void> {
  const draft = draftOf((name) => (files[name] === undefined ? field(name) : files[name].name));
  const again = (
    status: number,
    faults: ReportFault[],
    more: { refusal?: Refusal; ownStamp?: string | null } = {},
  ): void => {
    const text = reportPage(draft, { language, faults, offices, ...more });
    sendPage(response, { status, headers: desk.headers, language, text });
  };
  if (switched) return again(200, []);
  const faults = faultsOf(draft);
  if (faults.length > 0) return again(400, faults);
  const own = await ownStampIn(desk, draft.readAs, request);
  if (own !== null) return again(400, [{ field: 'readAs', kind: 'ours' }], { ownStamp: `/t/${own}?lang=${language}` });
  let filed: FiledReport;
  try {
    const input = fileStampReportInput.parse(inputOf(draft));
    filed = await desk.limit.within(request, response, () => file(desk, input));
  } catch (error) {
    const why = wantsJson(request) ? null : whyRefused(error, language);
    if (why === null || !(error instanceof ProblemError)) throw error;
    response.set('Retry-After', String(error.retryAfterSeconds ?? 1));
    const [call] = offices;
    return again(429, [], { refusal: { why, call: call ?? null } });
  }
  const problem = await keepPhotos(desk, filed, files, hasRoom ? null : 'later');
  answerFiled(filed, request, response, language, problem);
}

/** Answers `POST /phan-anh/:number?key=…`: photographs that are added later. */
export function takeReportPhotos(desk: ReportDesk): RequestHandler {
  return async (request, response) => {
    const key = parseQueryText(request)['key'] ?? '';
    const of = { number: String(request.params['number']).slice(0, 16), key: key.slice(0, ANSWER_KEY_SYMBOLS_MAX) };
    await desk.room.within(request, response, async (hasRoom) => {
      const { files, language } = await sentForm(request, { bytesMax: BYTES_MAX, files: hasRoom ? true : 'dropped' });
      const problem = hasRoom && Object.keys(files).length === 0 ? 'none' : hasRoom ? null : 'later';
      const photos = await desk.photoLimit
        .within(request, response, () => keepPhotos(desk, of, files, problem))
        .catch((error: unknown) => {
          if (error instanceof ProblemError && error.problem.code === 'too-many-requests') return 'later' as const;
          throw error;
        });
      response.redirect(303, answerPath(of, language, { photos }));
    });
  };
}

/** Keeps what can be kept, and says the first thing that could not. */
async function keepPhotos(
  { context }: PublicDesk,
  { number, key }: FiledReport,
  files: Readonly<Record<string, SentFile>>,
  problem: PhotoProblem | null,
): Promise<PhotoProblem | null> {
  let first = problem;
  for (const [field, of] of PHOTOS) {
    const sent = files[field];
    if (sent === undefined) continue;
    if (sent.bytes.length > UPLOAD_MAX_BYTES) {
      first ??= 'unread';
      continue;
    }
    const input = { number, key: key ?? '', of, bytes: sent.bytes };
    const kept = await addStampReportPhoto(PUBLIC, input, { ...context(), request: null });
    if (!kept.ok) first ??= photoProblemOf(kept.problem);
  }
  return first;
}

function photoProblemOf({ code, errors }: ProblemError['problem']): PhotoProblem {
  if (code === 'quota-reached' || code === 'no-disk-space' || errors?.[0]?.code === 'too-many') return 'full';
  return code === 'version-conflict' ? 'later' : 'unread';
}

type Input = z.output<typeof fileStampReportInput>;

async function file({ context }: PublicDesk, input: Input): Promise<FiledReport> {
  return doneValue(await fileStampReport(PUBLIC, input, { ...context(), request: null }));
}

/** The code in what was read, if it is one of a stamp of ours; looked up with the bounds of every look-up. */
async function ownStampIn({ answerScan }: PublicDesk, readAs: string, request: Request): Promise<string | null> {
  const { parsed } = readCarriedCode(readAs);
  if (!parsed.ok) return null;
  const found = await answerScan.lookUp(parsed.code, addressOf(request));
  return found.kind === 'ours' ? found.code : null;
}

function whyRefused(error: unknown, language: PublicForm['language']): string | null {
  if (!(error instanceof ProblemError)) return null;
  const { refused } = reportsWordsOf(language);
  if (error.problem.code === 'quota-reached') return refused.source;
  return error.problem.code === 'too-many-requests' ? refused.network(minutesText(error.retryAfterSeconds)) : null;
}

function draftOf(field: (name: ReportField) => string): ReportDraft {
  const names = Object.keys(REPORT_FIELDS) as ReportField[];
  return Object.fromEntries(names.map((name) => [name, field(name)])) as ReportDraft;
}

/** An empty field of a form counts as left out. */
function inputOf(draft: ReportDraft): Record<string, string | null> {
  return Object.fromEntries(TEXT_FIELDS.map((name) => [name, draft[name].trim() === '' ? null : draft[name]]));
}

function faultsOf(draft: ReportDraft): ReportFault[] {
  const parsed = fileStampReportInput.safeParse(inputOf(draft));
  if (parsed.success) return [];
  return TEXT_FIELDS.filter((field) => parsed.error.issues.some(({ path }) => path[0] === field)).map((field) => {
    const { length } = draft[field].trim();
    if (length === 0) return { field, kind: 'missing' };
    if (length > REPORT_FIELDS[field]) return { field, kind: 'too-long' };
    const isStrange = field === 'province' && provinceToday(draft.province) === null;
    return { field, kind: isStrange ? 'province' : 'unreadable' };
  });
}
