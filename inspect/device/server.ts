// Speaks to the server for the app and for its service worker: each request carries the proof of this phone, and each
// answer becomes one of few outcomes. A request that brings no answer is no network, whatever the browser says of it.

import { PROOF_HEADER, proofOf, type ServerClock } from '../core/proof.ts';
import type { DeviceKeys } from '../core/keys.ts';
import type { KeptPhoto, PhotoAnswer, SendFailure, SyncAnswer, SyncServer } from '../core/outbox.ts';
import type { Op, OpResult, Session, StampKnown, WireItem, WireProblem, WireRound } from '../core/wire.ts';

const API = '/api/v1';
/** A stamp is told from the pack meanwhile. */
const FACTS_MS = 8_000;
const SYNC_MS = 30_000;
/** Over a poor network a photo of 400 KB takes a minute. */
const FILE_MS = 120_000;

export type Answer =
  | { kind: 'ok'; status: number; response: Response }
  | { kind: 'problem'; status: number; problem: WireProblem }
  | SendFailure;

interface Asked {
  json?: unknown;
  bytes?: Blob;
  waitMs?: number;
  signal?: AbortSignal;
}

export interface SignedIn extends Session {
  /** 32 bytes, base64; never kept. */
  escrow: string;
}

export class AppServer implements SyncServer {
  private readonly keys: DeviceKeys;
  private readonly clock: ServerClock;
  /** Called with what the last request showed of the network. */
  onNetwork: (isThere: boolean) => void = () => undefined;
  /** Called when the server's clock was learned. */
  onClock: () => void = () => undefined;

  constructor(keys: DeviceKeys, clock: ServerClock) {
    this.keys = keys;
    this.clock = clock;
  }

  async signIn(form: {
    login: string;
    password: string;
    code: string | null;
    device: { publicKey: string; name: string };
  }): Promise<{ kind: 'ok'; session: SignedIn } | Exclude<Answer, { kind: 'ok' }>> {
    const answer = await this.ask('POST', '/inspect/session', { json: form });
    if (answer.kind !== 'ok') return answer;
    const session = (await answer.response.json()) as SignedIn;
    this.learn(session.serverTime);
    return { kind: 'ok', session };
  }

  async session(): Promise<{ kind: 'ok'; session: Session } | Exclude<Answer, { kind: 'ok' }>> {
    const answer = await this.ask('GET', '/inspect/session');
    if (answer.kind !== 'ok') return answer;
    const session = (await answer.response.json()) as Session;
    this.learn(session.serverTime);
    return { kind: 'ok', session };
  }

  async signOut(): Promise<void> {
    await this.ask('POST', '/inspect/session/end');
  }

  async sync(ops: readonly Op[]): Promise<SyncAnswer> {
    const answer = await this.ask('POST', `${API}/rounds/sync`, { json: { device: 'app', ops }, waitMs: SYNC_MS });
    if (answer.kind === 'problem') return { kind: 'malformed', problem: answer.problem };
    if (answer.kind !== 'ok') return answer;
    try {
      const { results, serverTime } = (await answer.response.json()) as { results: OpResult[]; serverTime: string };
      this.learn(serverTime);
      return { kind: 'answered', results };
    } catch {
      return { kind: 'no-network' }; // cut in the middle: it is done there, and the same ids are answered alike
    }
  }

  async putPhoto({ clientId, item, mediaType, bytes }: KeptPhoto): Promise<PhotoAnswer> {
    const path = `${API}/rounds/photos/${clientId}?item=${item}`;
    const answer = await this.ask('PUT', path, { bytes: new Blob([bytes], { type: mediaType }), waitMs: FILE_MS });
    if (answer.kind === 'ok') return { kind: 'taken' };
    if (answer.kind !== 'problem') return answer;
    // Its item is on the way by another phone, or comes with the next turn.
    if (answer.status === 404) return { kind: 'later', waitMs: null };
    return { kind: 'refused', problem: answer.problem };
  }

  /** What the server knows of a stamp. `not-ours`: no stamp of ours; null: it could not be asked. */
  async stamp(code: string, signal: AbortSignal): Promise<StampKnown | 'not-ours' | null> {
    const answer = await this.ask('POST', `${API}/stamp-facts`, { json: { code }, waitMs: FACTS_MS, signal });
    // Only the server's own word takes a stamp back; an address that is not there says nothing.
    if (answer.kind === 'problem' && answer.problem.reason !== undefined) return 'not-ours';
    if (answer.kind !== 'ok') return null;
    return (await answer.response.json().catch(() => null)) as StampKnown | null;
  }

  /** Rounds that are planned or open, newest first. */
  async rounds(): Promise<WireRound[] | null> {
    const answer = await this.ask('GET', `${API}/rounds?limit=50`);
    if (answer.kind !== 'ok') return null;
    const { items } = (await answer.response.json()) as { items: WireRound[] };
    return items;
  }

  /** All items of a round; none where they cannot be asked for. */
  async items(roundId: string): Promise<WireItem[]> {
    const all: WireItem[] = [];
    for (let after: string | null = ''; after !== null;) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
      const page: { items: WireItem[]; next: string | null } | null = await this.json(
        `/rounds/${roundId}/items?limit=200${query}`,
      );
      all.push(...(page?.items ?? []));
      after = page?.next ?? null;
    }
    return all;
  }

  async json<T>(path: string): Promise<T | null> {
    const answer = await this.read<T>(path);
    return 'value' in answer ? answer.value : null;
  }

  /** Of a path below /api/v1. */
  async read<T>(path: string): Promise<{ value: T } | Exclude<Answer, { kind: 'ok' }>> {
    const answer = await this.ask('GET', `${API}${path}`);
    if (answer.kind !== 'ok') return answer;
    const value = (await answer.response.json().catch(() => null)) as T | null;
    return value === null ? { kind: 'no-network' } : { value };
  }

  /** The bytes of a file, with how many have come. */
  async file(
    path: string,
    onBytes: (bytes: number) => void,
  ): Promise<Uint8Array<ArrayBuffer> | Exclude<Answer, { kind: 'ok' }>> {
    const answer = await this.ask('GET', path, { waitMs: FILE_MS });
    if (answer.kind !== 'ok') return answer;
    const reader = answer.response.body?.getReader();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let come = 0;
    try {
      for (let step = await reader?.read(); step !== undefined && !step.done; step = await reader?.read()) {
        parts.push(step.value);
        come += step.value.length;
        onBytes(come);
      }
    } catch {
      return { kind: 'no-network' };
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  private learn(serverTime: string): void {
    this.clock.learn(serverTime);
    this.onClock();
  }

  private async ask(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    const first = await this.send(method, path, asked);
    if (first.kind !== 'problem' || first.problem.code !== 'device-proof') return first;
    const again = await this.send(method, path, asked);
    return again.kind === 'problem' && again.problem.code === 'device-proof' ? { kind: 'later', waitMs: null } : again;
  }

  private async send(method: string, path: string, { json, bytes, waitMs = SYNC_MS, signal }: Asked): Promise<Answer> {
    if (!navigator.onLine) {
      this.onNetwork(false);
      return { kind: 'no-network' };
    }
    const proof = await proofOf(method, path, this.clock.ms(), this.keys);
    const time = AbortSignal.timeout(waitMs);
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers: {
          [PROOF_HEADER]: proof,
          Accept: 'application/json, */*;q=0.5',
          'Accept-Language': pageLanguage(),
          ...(json === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(bytes === undefined ? {} : { 'Content-Type': bytes.type }),
        },
        credentials: 'same-origin',
        cache: 'no-store',
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        ...(bytes === undefined ? {} : { body: bytes }),
        signal: signal === undefined ? time : AbortSignal.any([signal, time]),
      });
    } catch {
      if (signal?.aborted !== true) this.onNetwork(false);
      return { kind: 'no-network' };
    }
    this.onNetwork(true);
    return response.ok ? { kind: 'ok', status: response.status, response } : this.failed(response);
  }

  private async failed(response: Response): Promise<Answer> {
    const { status } = response;
    const body = (await response.json().catch(() => null)) as Partial<WireProblem> | null;
    const problem: WireProblem = { ...body, code: body?.code ?? String(status), detail: body?.detail ?? '' };
    if (status === 401) {
      if (problem.code === 'device-shut') return { kind: 'shut' };
      if (problem.code === 'device-proof') {
        if (problem.serverTime !== undefined) this.learn(problem.serverTime);
        return { kind: 'problem', status, problem };
      }
      return problem.code === 'second-step' ? { kind: 'problem', status, problem } : { kind: 'locked' };
    }
    if (status === 429 || status >= 500) {
      const seconds = Number(response.headers.get('Retry-After'));
      return { kind: 'later', waitMs: seconds > 0 ? seconds * 1_000 : null };
    }
    return { kind: 'problem', status, problem };
  }
}

/** The language of the page; the service worker has none, and nobody reads what it hears. */
function pageLanguage(): string {
  return typeof document === 'undefined' ? 'vi' : document.documentElement.lang || 'vi';
}
