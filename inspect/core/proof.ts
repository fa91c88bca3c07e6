// The proof that a request comes from the phone that signed in: its device key signs method, path and time. A cookie
// that was copied opens nothing.

import { base64, type DeviceKeys } from './keys.ts';
import { utf8 } from './seal.ts';

export const PROOF_HEADER = 'Temtrace-Proof';

/** @param path with its query @param serverMs the server's time, in ms since 1970 */
export async function proofOf(method: string, path: string, serverMs: number, { sign }: DeviceKeys): Promise<string> {
  const text = utf8(`temtrace/1/proof\n${method} ${path}\n${serverMs}`);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, sign.privateKey, text);
  return `${serverMs}.${base64Url(new Uint8Array(signature))}`;
}

function base64Url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * The server's time on a phone whose clock may be wrong. It is learned from every answer that states it, and what was
 * recorded before stays as it was recorded.
 */
export class ServerClock {
  private readonly now: () => number;
  /** Server minus phone, in ms. */
  offsetMs: number;

  constructor(now: () => number, offsetMs: number) {
    this.now = now;
    this.offsetMs = offsetMs;
  }

  /** @returns whether the phone's clock is so wrong that its owner should know */
  learn(serverTime: string): boolean {
    const at = Date.parse(serverTime);
    if (!Number.isNaN(at)) this.offsetMs = at - this.now();
    return Math.abs(this.offsetMs) > CLOCK_WRONG_MS;
  }

  ms(): number {
    return Math.round(this.now() + this.offsetMs);
  }

  instant(): string {
    return new Date(this.ms()).toISOString();
  }
}

/** People do not notice two minutes; certificates and recalls are days. */
const CLOCK_WRONG_MS = 120_000;
