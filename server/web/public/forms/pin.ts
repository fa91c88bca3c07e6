// Checks the scratch-off PIN of a stamp, from the page's form and as JSON.

import type { RequestHandler } from 'express';
import { checkPin, checkPinInput, type PinAnswer } from '../../../actions/market/check-pin.ts';
import type { Language } from '../../../domain/language.ts';
import { PUBLIC } from '../../../domain/people/account.ts';
import { ProblemError } from '../../errors.ts';
import { parseJsonBody, parseQueryText, parseShape } from '../../read-request.ts';
import { reportsWordsOf } from '../../words/words.ts';
import { addressOf, isJson, languageIn, sendPage, wantsJson, type PublicDesk } from '../exchange.ts';
import { minutesText, type FormLimit } from './form-limit.ts';
import type { Refusal } from './form-parts.ts';
import { PinAnswers } from './pin-answers.ts';
import { pinPage, type ShownPin } from './pin-page.ts';
import { answerOfToken, pinToken, pinTokenKey } from './pin-token.ts';
import { sentForm } from './sent-form.ts';
import { aboutOf, callOf, withStamp, type OwnStamp } from './with-stamp.ts';

/** Answers `GET /t/:code/pin`: the form, or the answer to a PIN that was just sent. */
export function showPin(desk: PublicDesk): RequestHandler {
  const key = pinTokenKey(desk.context().keys.wrap);
  return withStamp(desk.answerScan, (request, response, stamp) => {
    const language = languageIn(request);
    const token = parseQueryText(request)['answer'];
    const nowMs = desk.context().now().getTime();
    const answer = token === undefined ? null : answerOfToken(key, stamp.code, token, nowMs);
    const shown: ShownPin = answer ?? { kind: stamp.batch.pin ? 'ask' : 'none' };
    const other = answer === null ? null : `?answer=${token ?? ''}`;
    const { timeZone } = desk.context().settings;
    const text = pinPage(aboutOf(stamp), shown, { timeZone, language, other });
    sendPage(response, { status: 200, headers: desk.headers, language, text });
  });
}

/** Answers `POST /t/:code/pin`. Only PINs that were checked count against the network's limit. */
export function takePin(desk: PublicDesk, limit: FormLimit): RequestHandler {
  const { answerScan, headers } = desk;
  const { timeZone } = desk.context().settings;
  const key = pinTokenKey(desk.context().keys.wrap);
  const check = makeCheck(desk);
  return withStamp(answerScan, async (request, response, stamp) => {
    const checked = (pin: string): Promise<PinAnswer> =>
      limit.within(request, response, async () => {
        const outcome = await check(stamp.code, pin, addressOf(request), request.headers['user-agent'] ?? '');
        if (!outcome.ok) throw new ProblemError(outcome.problem);
        return outcome.value;
      });
    if (isJson(request)) {
      const { pin } = parseShape(checkPinInput, parseJsonBody(request), 'body') as { pin: string };
      return void response.set('Cache-Control', 'no-store').json(await checked(pin));
    }
    const { field, language, switched } = await sentForm(request);
    const typed = field('pin').slice(0, TYPED_SYMBOLS_MAX);
    const show = (status: number, shown: ShownPin, refusal: Refusal | null = null): void => {
      const text = pinPage(aboutOf(stamp), shown, { timeZone, language, typed, refusal });
      sendPage(response, { status, headers, language, text });
    };
    if (switched) return show(200, { kind: 'ask' });
    const input = checkPinInput.safeParse({ pin: typed });
    if (!input.success) {
      if (wantsJson(request)) parseShape(checkPinInput, { pin: typed }, 'body');
      return show(400, { kind: 'malformed' });
    }
    try {
      const answer = await checked(input.data.pin);
      if (wantsJson(request)) return void response.set('Cache-Control', 'no-store').json(answer);
      const token = pinToken(key, stamp.code, answer, desk.context().now().getTime());
      response.set(headers).redirect(303, `/t/${stamp.code}/pin?answer=${token}&lang=${language}`);
    } catch (error) {
      if (!(error instanceof ProblemError) || wantsJson(request)) throw error;
      if (error.problem.code === 'no-pins') return show(409, { kind: 'none' });
      const refusal = refusalOf(error, stamp, language);
      if (refusal === null) throw error;
      response.set('Retry-After', String(error.retryAfterSeconds ?? 1));
      show(429, { kind: 'ask' }, refusal);
    }
  });
}

/** What a page gives back of what was typed as a PIN. */
const TYPED_SYMBOLS_MAX = 12;

function refusalOf({ problem, retryAfterSeconds }: ProblemError, stamp: OwnStamp, language: Language): Refusal | null {
  if (problem.code !== 'too-many-requests') return null;
  return { why: reportsWordsOf(language).refused.pins(minutesText(retryAfterSeconds)), call: callOf(stamp) };
}

/** Checks a PIN; the same one from the same visitor gets the first answer again (pin-answers.ts). */
function makeCheck({ context, answerScan }: PublicDesk) {
  const answers = new PinAnswers();
  return async (code: string, pin: string, address: string, agent: string): ReturnType<typeof checkPin> => {
    const network = await answerScan.pinNetworkOf(address);
    const check = (): ReturnType<typeof checkPin> =>
      checkPin(PUBLIC, { code, pin, network }, { ...context(), request: null });
    return network === null ? check() : answers.firstOr(network, [code, pin, agent], context().now().getTime(), check);
  };
}
