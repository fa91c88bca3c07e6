// The answer to a PIN on its way from the form to the page that shows it: the form is answered by a redirect, so that
// a page that is loaded again, or read in the other language, tries nothing. The answer travels in the address, sealed
// for its stamp, and is shown for as long as the same PIN gets the same answer.

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { PinAnswer } from '../../../actions/market/check-pin.ts';
import { PIN_REPEAT_MS } from './pin-answers.ts';

const SEAL_BYTES = 16;
/** Of a whole token: an answer has two instants at most. */
const TOKEN_SYMBOLS_MAX = 400;

/** @param wrap the deployment's key for secrets (ActionContext.keys) */
export function pinTokenKey(wrap: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', wrap, '', 'temtrace/1/pin-answer', 32));
}

export function pinToken(key: Uint8Array, code: string, answer: PinAnswer, nowMs: number): string {
  const text = Buffer.from(JSON.stringify({ answer, atMs: nowMs })).toString('base64url');
  return `${text}.${sealOf(key, code, text).toString('base64url')}`;
}

/** The answer; null for a token that is not ours, of another stamp, or too old. */
export function answerOfToken(key: Uint8Array, code: string, token: string, nowMs: number): PinAnswer | null {
  const [text = '', seal = '', more] = token.slice(0, TOKEN_SYMBOLS_MAX + 1).split('.');
  if (more !== undefined || token.length > TOKEN_SYMBOLS_MAX) return null;
  const given = Buffer.from(seal, 'base64url');
  const right = sealOf(key, code, text);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  const { answer, atMs } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as {
    answer: PinAnswer;
    atMs: number;
  };
  return Math.abs(nowMs - atMs) < PIN_REPEAT_MS ? answer : null;
}

function sealOf(key: Uint8Array, code: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${code} ${text}`).digest().subarray(0, SEAL_BYTES);
}
