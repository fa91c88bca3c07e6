// What a request for a public page asks for, and how such a page is sent.

import type { Request, Response } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import type { Language } from '../../domain/language.ts';
import { securityHeaders } from '../../scan/answer-headers.ts';
import type { AnswerScan } from '../../scan/answer-scan.ts';
import { formOf, languageOf } from '../../scan/negotiate.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { siteOf, withSite } from '../site-pages.ts';
import { SHEETS } from './style.ts';

/** What the handlers of the public pages share. */
export interface PublicDesk {
  /** Everything of a call's context except its request key. */
  context: () => Omit<ActionContext, 'request'>;
  answerScan: AnswerScan;
  /** Headers of a page without script. */
  headers: Readonly<Record<string, string>>;
}

/**
 * Headers of a public page.
 *
 * @param ownScripts it runs our script files
 * @param listed search engines may list it
 */
export function pageHeaders(publicOrigin: string, ownScripts = false, listed = false): Record<string, string> {
  return {
    ...(listed ? {} : { 'X-Robots-Tag': 'noindex' }),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    Vary: 'Accept, Accept-Language',
    ...securityHeaders({ publicOrigin, css: SHEETS, ...(ownScripts ? { scripts: 'reader' } : {}) }),
  };
}

export function sendPage(
  response: Response,
  page: { status: number; headers: Readonly<Record<string, string>>; language: Language; text: string },
): void {
  response
    .status(page.status)
    .set(page.headers)
    .set('Content-Language', page.language)
    .end(withSite(page.text, siteOf(response)));
}

/** The client's address, behind trusted proxies; '' where unknown. */
export function addressOf(request: Request): string {
  return request.ip ?? '';
}

/** The language in the address, else the one that the browser prefers. */
export function languageIn(request: Request): Language {
  return languageOfQuery(request.originalUrl) ?? languageOf(request.headers['accept-language']);
}

export function isJson(request: Request): boolean {
  return request.is('application/json') === 'application/json';
}

/** Programs that send JSON get JSON back, whatever else they accept. */
export function wantsJson(request: Request): boolean {
  return isJson(request) || formOf(request.headers.accept) !== 'html';
}

/** A field of a form; '' if it was not sent. */
export function fieldOf(body: unknown, name: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === 'string' ? value : '';
}
