// Checks the scratch-off PIN of a stamp, from the page's form and as JSON.

import type { RequestHandler } from 'express';
import { checkPin, checkPinInput } from '../../actions/market/check-pin.ts';
import { PUBLIC } from '../../domain/people/account.ts';
import { ProblemError } from '../errors.ts';
import { parseJsonBody, parseShape } from '../read-request.ts';
import { addressOf, fieldOf, isJson, languageIn, sendPage, wantsJson, type PublicDesk } from './exchange.ts';
import { PinAnswers } from './pin-answers.ts';
import { pinPage } from './pin-page.ts';
import { aboutOf, withStamp } from './with-stamp.ts';

/** Answers `POST /t/:code/pin`. */
export function takePin({ context, answerScan, headers }: PublicDesk): RequestHandler {
  const { timeZone } = context().settings;
  const answers = new PinAnswers();
  return withStamp(answerScan, async (request, response, stamp) => {
    const { code } = stamp;
    const language = languageIn(request);
    const show = (status: number, answer: Parameters<typeof pinPage>[1]): void =>
      sendPage(response, { status, headers, language, text: pinPage(aboutOf(stamp), answer, { timeZone, language }) });

    const body = isJson(request)
      ? parseShape(checkPinInput, parseJsonBody(request), 'body')
      : { pin: fieldOf(request.body, 'pin') };
    const input = checkPinInput.safeParse(body);
    if (!input.success) {
      if (wantsJson(request)) parseShape(checkPinInput, body, 'body');
      return show(400, { kind: 'malformed' });
    }
    const network = await answerScan.pinNetworkOf(addressOf(request));
    const { pin } = input.data;
    const check = (): ReturnType<typeof checkPin> =>
      checkPin(PUBLIC, { code, pin, network }, { ...context(), request: null });
    const agent = request.headers['user-agent'] ?? '';
    const outcome =
      network === null
        ? await check()
        : await answers.firstOr(network, [code, pin, agent], context().now().getTime(), check);
    if (!outcome.ok && (wantsJson(request) || outcome.problem.code !== 'no-pins'))
      throw new ProblemError(outcome.problem);
    const answer = outcome.ok ? outcome.value : ({ kind: 'none' } as const);
    if (wantsJson(request)) return void response.set('Cache-Control', 'no-store').json(answer);
    show(answer.kind === 'none' ? 409 : 200, answer);
  });
}
