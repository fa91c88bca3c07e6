// The page of a complaint or report, for whoever holds its number and its secret: that it arrived, what became of it,
// and more photographs. Forms that were taken lead to it, so that a page that is loaded again sends nothing twice.

import type { Request, RequestHandler, Response } from 'express';
import { readAnswer } from '../../../actions/market/read-answer.ts';
import type { FiledReport } from '../../../actions/market/file-stamp-report.ts';
import type { Language } from '../../../domain/language.ts';
import { PROBLEMS } from '../../../domain/problem.ts';
import { parseQueryText } from '../../read-request.ts';
import { languageIn, sendPage, wantsJson, type PublicDesk } from '../exchange.ts';
import { ANSWERS, answerNotFoundPage, answerPage, isPhotoProblem, type PhotoProblem } from './answer-page.ts';

/** The path of the page. @param more what the page says besides */
export function answerPath(
  { number, key }: { number: string; key: string },
  language: Language,
  more: { sent?: boolean; photos?: PhotoProblem | null } = {},
): string {
  const told = `${more.sent === true ? '&sent=1' : ''}${more.photos == null ? '' : `&photos=${more.photos}`}`;
  return `${ANSWERS}/${number}?key=${encodeURIComponent(key)}&lang=${language}${told}`;
}

/** 201 with number and page for programs; people are led to the page, which says that it arrived. */
export function answerFiled(
  { number, key }: FiledReport,
  request: Request,
  response: Response,
  language: Language = languageIn(request),
  photos: PhotoProblem | null = null,
): void {
  if (key === null) throw new TypeError('a form of the public has no request key');
  response.set('Cache-Control', 'no-store');
  if (wantsJson(request)) {
    const page = `${ANSWERS}/${number}?key=${encodeURIComponent(key)}`;
    return void response.status(201).json({ number, page });
  }
  response.redirect(303, answerPath({ number, key }, language, { sent: true, photos }));
}

/** Answers `GET /phan-anh/:number?key=…`. */
export function showAnswer({ context, headers }: PublicDesk): RequestHandler {
  return async (request, response) => {
    const query = parseQueryText(request);
    const [key = '', photos] = [query['key'], query['photos']];
    const language = languageIn(request);
    const ctx = { ...context(), request: null };
    const found = await readAnswer({ number: String(request.params['number']), key }, ctx);
    if (!found.ok) {
      const status = PROBLEMS[found.problem.code];
      return sendPage(response, { status, headers, language, text: answerNotFoundPage(language) });
    }
    const { timeZone } = ctx.settings;
    const problem = isPhotoProblem(photos) ? photos : null;
    const text = answerPage(found.value, { key, sent: query['sent'] === '1', problem, timeZone, language });
    sendPage(response, { status: 200, headers, language, text });
  };
}
