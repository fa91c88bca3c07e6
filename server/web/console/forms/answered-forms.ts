// Answers to forms, kept for an impatient second click, which gets the answer of the first and does nothing.

import { BoundedMap } from '../../../kit/bounded-map.ts';
import type { PageAnswer } from '../console-route.ts';

const ANSWERS_KEPT_MAX = 2_000;

export class AnsweredForms {
  readonly #answers = new BoundedMap<string, Promise<PageAnswer>>(ANSWERS_KEPT_MAX);

  /**
   * Runs a form's handler. If the form is sent again while that runs, or after it led to another page, it gets the same
   * answer.
   */
  async answer(key: string | null, handle: () => Promise<PageAnswer>): Promise<PageAnswer> {
    if (key === null) return handle();
    const before = this.#answers.get(key);
    if (before !== undefined) return before;
    const answer = handle();
    this.#answers.set(key, answer);
    try {
      const settled = await answer;
      // A form that was shown again with its faults changed nothing.
      if (settled.kind !== 'go') this.#answers.delete(key);
      return settled;
    } catch (error) {
      this.#answers.delete(key);
      throw error;
    }
  }
}
