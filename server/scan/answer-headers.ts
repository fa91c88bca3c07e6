// The headers of a look-up's answers: helmet's, recorded once at the start by running it against a response object, and
// a policy under which a page may show our own style and pictures, run our own script files, and nothing else. No
// cookie.

import { createHash } from 'node:crypto';
import helmet from 'helmet';
import type { Language } from '../domain/language.ts';

export interface HeaderSettings {
  /** `https://host[:port]`; HSTS is sent only for https. */
  publicOrigin: string;
  /** The style sheets embedded in the pages. */
  css: readonly string[];
  /**
   * Which scripts the page may run; left out: none. `own`: from our own files (the voice on a stamp's page). `reader`:
   * also the reader of QR codes, which is WebAssembly (the home page).
   */
  scripts?: 'own' | 'reader';
}

/** The policy's source expression for an inline style sheet. */
function cssSource(css: string): string {
  return `'sha256-${createHash('sha256').update(css, 'utf8').digest('base64')}'`;
}

/** Security headers of every public answer. */
export function securityHeaders({ publicOrigin, css, scripts }: HeaderSettings): Record<string, string> {
  const guard = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: css.map(cssSource),
        imgSrc: ["'self'", 'data:'],
        ...(scripts === 'own' ? { scriptSrc: ["'self'"] } : {}),
        ...(scripts === 'reader'
          ? { scriptSrc: ["'self'", "'wasm-unsafe-eval'"], connectSrc: ["'self'"], manifestSrc: ["'self'"] }
          : {}),
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: publicOrigin.startsWith('https:')
      ? { maxAge: 31_536_000, includeSubDomains: true }
      : false,
  });
  const taken: Record<string, string> = {};
  const listener = {
    setHeader(name: string, value: string | number | readonly string[]) {
      taken[name] = String(value);
      return listener;
    },
    removeHeader(name: string) {
      delete taken[name];
    },
  };
  guard({} as GuardedRequest, listener as unknown as GuardedResponse, (error?: unknown) => {
    if (error !== undefined) throw new Error('helmet refused its own settings', { cause: error });
  });
  return taken;
}

type GuardedRequest = Parameters<ReturnType<typeof helmet>>[0];
type GuardedResponse = Parameters<ReturnType<typeof helmet>>[1];

type Named<Form extends string> = `${Form}-${Language}`;

/** `zip`: HTML in gzip. */
export type AnswerKind = Named<'html' | 'zip' | 'json' | 'ld'>;

/** All headers of an answer except its length, by form and language; frozen, and shared by all answers of a kind. */
export function answerHeaders(
  security: Record<string, string>,
): Readonly<Record<AnswerKind, Readonly<Record<string, string>>>> {
  const of = (type: string, language: Language, zipped = false): Readonly<Record<string, string>> =>
    Object.freeze({
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Language': language,
      ...(zipped && { 'Content-Encoding': 'gzip' }),
      'Cache-Control': 'no-store',
      Vary: 'Accept, Accept-Language, Accept-Encoding',
      'X-Robots-Tag': 'noindex',
      ...security,
    });
  return {
    'html-vi': of('text/html', 'vi'),
    'html-en': of('text/html', 'en'),
    'zip-vi': of('text/html', 'vi', true),
    'zip-en': of('text/html', 'en', true),
    'json-vi': of('application/json', 'vi'),
    'json-en': of('application/json', 'en'),
    'ld-vi': of('application/ld+json', 'vi'),
    'ld-en': of('application/ld+json', 'en'),
  };
}
