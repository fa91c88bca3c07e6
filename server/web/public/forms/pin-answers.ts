// The answer to a PIN that was sent before: who touches the button twice, or reloads the page, reads again what was
// answered first, and not that somebody has used the PIN. Kept in this process; only a keyed hash of what was sent.

import { createHmac } from 'node:crypto';
import type { PinAnswer } from '../../../actions/market/check-pin.ts';
import type { Result } from '../../../domain/problem.ts';
import { BoundedMap } from '../../../kit/bounded-map.ts';

/** As long as a repeated scan is not a new one (CONTRACT §4). */
export const PIN_REPEAT_MS = 10 * 60_000;
const ANSWERS_MAX = 10_000;

type Answered = Promise<Result<PinAnswer>>;

export class PinAnswers {
  private readonly answers = new BoundedMap<string, { atMs: number; answer: Answered }>(ANSWERS_MAX);

  /**
   * The answer to the same PIN of the same stamp from the same visitor, or a new one. Sent twice at once, it is checked
   * once. What failed, and a lock, is not kept.
   *
   * @param network its name of the day, which nobody outside can guess (scan/visitor.ts): the key of the hash
   */
  firstOr(network: string, sent: readonly string[], nowMs: number, check: () => Answered): Answered {
    const name = createHmac('sha256', network).update(JSON.stringify(sent)).digest('base64url');
    const known = this.answers.get(name);
    if (known !== undefined && nowMs - known.atMs < PIN_REPEAT_MS) return known.answer;
    const answer = check();
    this.answers.set(name, { atMs: nowMs, answer });
    const forget = (): void => void this.answers.delete(name);
    answer.then((outcome) => {
      if (!outcome.ok || outcome.value.kind === 'locked') forget();
    }, forget);
    return answer;
  }
}
