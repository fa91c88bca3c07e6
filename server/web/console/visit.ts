// Who opens a page of the console, in which language, and whether they may.

import type { Request } from 'express';
import type { ActionContext } from '../../actions/kit/context.ts';
import { decide } from '../../actions/kit/rights.ts';
import { openSession } from '../../actions/people/identify-session.ts';
import { readOwnAccount, type OwnAccount } from '../../actions/people/read.ts';
import type { Language } from '../../domain/language.ts';
import type { Person } from '../../domain/people/account.ts';
import { languageOf } from '../../scan/negotiate.ts';
import { languageOfQuery } from '../../scan/scan-path.ts';
import { ProblemError } from '../errors.ts';
import { valueOf } from '../outcome.ts';
import { readLanguageCookie, readSessionCookie } from '../session-cookie.ts';
import type { ConsoleRoute } from './console-route.ts';

export interface Visit {
  language: Language;
  /** Null: nobody is signed in, or it is not known yet. */
  person: Person | null;
  account: OwnAccount | null;
  /** Of the session cookie. */
  token: string | null;
  /** Whether this person must first set up a second step. */
  mustSetUpTwoFactor: boolean;
}

export function unknownVisit(request: Request): Visit {
  const language = languageIn(request);
  return { language, person: null, account: null, token: null, mustSetUpTwoFactor: false };
}

/** Reads who is signed in. @throws StoreError, ProblemError */
export async function openVisit(request: Request, ctx: ActionContext): Promise<Visit> {
  const nobody = unknownVisit(request);
  const token = readSessionCookie(request.headers.cookie, ctx.settings.publicOrigin);
  const session = token === null ? null : await openSession(token, ctx);
  if (session === null) return { ...nobody, token };
  const { actor: person, mustSetUpTwoFactor } = session;
  return { ...nobody, token, person, mustSetUpTwoFactor, account: valueOf(await readOwnAccount(person, ctx)) };
}

/** Where this visit must go before the page; null: it may open it. @throws ProblemError if the role lacks the right */
export function turnedAway(route: ConsoleRoute, visit: Visit): 'sign-in' | 'two-factor' | null {
  if (route.right === 'public') return null;
  if (visit.person === null) return 'sign-in';
  if (visit.mustSetUpTwoFactor && route.beforeTwoFactor !== true) return 'two-factor';
  const may = route.right === 'signed-in' ? null : decide(visit.person, route.right, null);
  if (may?.kind === 'refused') throw new ProblemError(may.problem);
  return null;
}

/** The language in the address, or the one chosen before, or the one that the browser prefers. */
function languageIn(request: Request): Language {
  return (
    languageOfQuery(request.originalUrl) ??
    readLanguageCookie(request.headers.cookie) ??
    languageOf(request.headers['accept-language'])
  );
}
