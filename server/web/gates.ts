// Expensive work passes a gate before it begins. This table lists all gates; docs/security.md shows it, and a test
// compares the two. A route names its gate, and both routers ask here.
//
// A place is held until the last byte of the answer has left. An answer of which nothing leaves for STALL_MS is cut, so
// that slow readers cannot occupy all places.

import type { Request, Response } from 'express';
import { Gate, type GateBounds, type Leave } from '../kit/gate.ts';
import { ProblemError } from './errors.ts';
import { RefusalHold } from './refusal-hold.ts';

interface GateRow extends GateBounds {
  /** Retry-After of a refusal: about as long as one piece of this work takes. */
  retryAfterSeconds: number;
  /** The work behind the gate, in the words of docs/security.md. */
  what: string;
}

/** The bounds count requests, on one server. */
export const GATES = {
  previews: {
    what: 'a picture of a page before it is printed (sheet.svg, sheet.png, the print page)',
    atOnce: 2,
    inLine: 24,
    perActor: 6,
    retryAfterSeconds: 2,
  },
  sheets: { what: 'a print file; a print run or job', atOnce: 8, inLine: 16, perActor: 3, retryAfterSeconds: 10 },
  labels: { what: 'labels of a thermal printer', atOnce: 8, inLine: 16, perActor: 3, retryAfterSeconds: 10 },
  exports: { what: 'lists and reports as files', atOnce: 2, inLine: 16, perActor: 3, retryAfterSeconds: 10 },
  imports: { what: 'a list to be read in', atOnce: 2, inLine: 4, perActor: 2, retryAfterSeconds: 20 },
  uploads: { what: 'a picture or paper to be read', atOnce: 4, inLine: 16, perActor: 3, retryAfterSeconds: 5 },
  reports: {
    what: 'a report of a foreign stamp with photographs (without a place it is taken without them)',
    atOnce: 6,
    inLine: 12,
    perActor: 3,
    retryAfterSeconds: 10,
  },
  codes: { what: 'the codes of a batch', atOnce: 4, inLine: 8, perActor: 2, retryAfterSeconds: 10 },
  passwords: { what: 'a password to be hashed or checked', atOnce: 2, inLine: 32, perActor: 8, retryAfterSeconds: 2 },
  statistics: {
    what: 'counts over scans, stamps or records',
    atOnce: 4,
    inLine: 32,
    perActor: 6,
    retryAfterSeconds: 2,
  },
  packs: { what: 'an offline pack for an inspector', atOnce: 2, inLine: 16, perActor: 2, retryAfterSeconds: 10 },
  files: { what: 'a stored file to be taken', atOnce: 32, inLine: 32, perActor: 8, retryAfterSeconds: 5 },
} as const satisfies Readonly<Record<string, GateRow>>;

export type GateName = keyof typeof GATES;

/** With the bounds above every queue moves within this time; a browser still waits. */
const GATE_WAIT_MS = 10_000;
/** A mobile network with gaps is silent for less. */
const STALL_MS = 60_000;

export class Gates {
  private readonly gates: ReadonlyMap<GateName, Gate>;
  private readonly refusals: RefusalHold;
  private readonly places = new WeakMap<Response, Leave>();

  constructor(rows: Readonly<Record<GateName, GateBounds>> = GATES, refusals = new RefusalHold()) {
    this.refusals = refusals;
    this.gates = new Map(Object.entries(rows).map(([name, bounds]) => [name as GateName, new Gate(bounds)]));
  }

  use(name: GateName): Gate['use'] {
    return this.gateOf(name).use;
  }

  /**
   * Takes a place for an answer. It is left when the answer has ended, in whatever way.
   * @param actor id of an account or key, or a visitor's network
   * @throws ProblemError `busy` if a bound is reached
   */
  async pass(name: GateName, actor: string, request: Request, response: Response): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const entered = await this.gateOf(name).enter(actor, { waitMs: GATE_WAIT_MS, signal: gone.signal });
    if (entered.kind === 'in') {
      if (response.closed) return entered.leave();
      const stopWatching = cutWhenStalled(request, response);
      const leave = (): void => {
        stopWatching();
        entered.leave();
      };
      this.places.set(response, leave);
      response.once('close', leave);
      return;
    }
    await this.refusals.hold(response);
    throw new ProblemError(
      { code: 'busy', detail: 'Too much of this is being done at the moment. Try again in a few seconds.' },
      GATES[name].retryAfterSeconds,
    );
  }

  /** Holds an answer that refuses for too many tries, without the place that it had. */
  async holdRefusal(response: Response): Promise<void> {
    this.places.get(response)?.();
    await this.refusals.hold(response);
  }

  private gateOf(name: GateName): Gate {
    const gate = this.gates.get(name);
    if (gate === undefined) throw new TypeError(`there is no gate ${name}`);
    return gate;
  }
}

/** Cuts a connection on which nothing moved for STALL_MS although bytes are waiting to leave or arrive. */
function cutWhenStalled(request: Request, response: Response): () => void {
  const { socket } = request;
  let moved = -1;
  const timer = setInterval(() => {
    const now = socket.bytesRead + socket.bytesWritten;
    const waits = response.writableLength > 0 || !request.complete;
    if (waits && now === moved) response.destroy();
    moved = now;
  }, STALL_MS).unref();
  return () => clearInterval(timer);
}
