// The queue as a model: a phone and a server with every fault of the field, at random moments. Whatever happens, each
// record arrives once and none is lost (issue: 200 stamps and 60 photos, 100 faults, 5 runs).

import { describe, expect, test } from '@jest/globals';
import {
  OPS_AT_ONCE,
  retryMs,
  sendable,
  sendWaiting,
  type KeptOp,
  type KeptPhoto,
  type OutboxStore,
  type PhotoAnswer,
  type SyncAnswer,
  type SyncServer,
} from '../../inspect/core/outbox.ts';
import type { Op, OpResult, WireProblem } from '../../inspect/core/wire.ts';

const STAMPS = 200;
const PHOTOS = 60;
const FAULTS = 100;
const RUNS = 5;

/** The app was ended: nothing after this moment happens. */
class Killed extends Error {}
class NoRoom extends Error {}

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What is on the disk: each method is done whole, or the app is killed before it. */
class Phone implements OutboxStore {
  readonly kept = new Map<number, KeptOp>();
  readonly pictures = new Map<string, KeptPhoto>();
  readonly answers: OpResult[] = [];
  private seq = 0;
  /** Called before each step: may end the app, or find the disk full. */
  before: (writes: boolean) => void = () => undefined;

  keep(op: Op): void {
    this.before(true);
    this.seq += 1;
    this.kept.set(this.seq, { seq: this.seq, op, refused: null });
  }
  keepPhoto(clientId: string, item: string): void {
    this.before(true);
    this.seq += 1;
    const bytes = new Uint8Array([1, 2, 3]);
    this.pictures.set(clientId, { clientId, item, seq: this.seq, mediaType: 'image/jpeg', bytes, refused: null });
  }
  async ops(): Promise<KeptOp[]> {
    await Promise.resolve();
    this.before(false);
    return [...this.kept.values()];
  }
  async photos(): Promise<KeptPhoto[]> {
    await Promise.resolve();
    this.before(false);
    return [...this.pictures.values()].toSorted((a, b) => a.seq - b.seq);
  }
  photo(clientId: string): Promise<KeptPhoto | null> {
    return Promise.resolve(this.pictures.get(clientId) ?? null);
  }
  async settleOp(seq: number, result: OpResult): Promise<void> {
    await Promise.resolve();
    this.before(true);
    this.kept.delete(seq);
    this.answers.push(result);
  }
  async settlePhoto(clientId: string): Promise<void> {
    await Promise.resolve();
    this.before(true);
    this.pictures.delete(clientId);
  }
  async refuseOp(seq: number, refused: WireProblem): Promise<void> {
    await Promise.resolve();
    const row = this.kept.get(seq);
    if (row !== undefined) this.kept.set(seq, { ...row, refused });
  }
  async refusePhoto(clientId: string, refused: WireProblem): Promise<void> {
    await Promise.resolve();
    const row = this.pictures.get(clientId);
    if (row !== undefined) this.pictures.set(clientId, { ...row, refused });
  }
}

/** By the interface: operations in order, each once by its id; photos once by theirs, and only of items it has. */
class Office implements SyncServer {
  readonly done = new Map<string, Op>();
  readonly order: string[] = [];
  readonly rounds = new Set<string>();
  readonly items = new Map<string, number>();
  readonly photos = new Map<string, number>();
  next: () => 'sound' | 'cut-before' | 'cut-after' | 'cut-inside' | 'busy' | 'restart' | 'locked' | 'clock' = () =>
    'sound';

  async sync(ops: readonly Op[]): Promise<SyncAnswer> {
    await Promise.resolve();
    const fault = this.next();
    if (fault === 'cut-before') return { kind: 'no-network' };
    if (fault === 'busy' || fault === 'clock') return { kind: 'later', waitMs: 1_000 };
    if (fault === 'locked') return { kind: 'locked' };
    // A server that is ended has done some of them, each durably.
    const reached = fault === 'restart' || fault === 'cut-inside' ? ops.slice(0, Math.ceil(ops.length / 2)) : ops;
    const results: OpResult[] = [];
    for (const op of reached) results.push(this.doOnce(op));
    if (fault === 'cut-after' || fault === 'restart') return { kind: 'no-network' };
    return { kind: 'answered', results };
  }

  async putPhoto({ clientId, item }: KeptPhoto): Promise<PhotoAnswer> {
    await Promise.resolve();
    const fault = this.next();
    if (fault === 'cut-before' || fault === 'cut-inside') return { kind: 'no-network' };
    if (fault === 'busy' || fault === 'clock') return { kind: 'later', waitMs: null };
    if (fault === 'locked') return { kind: 'locked' };
    if (!this.items.has(item)) return { kind: 'later', waitMs: null };
    this.photos.set(clientId, 1); // by its id: the second time it is the same photo
    return fault === 'cut-after' || fault === 'restart' ? { kind: 'no-network' } : { kind: 'taken' };
  }

  private doOnce(op: Op): OpResult {
    const isRepeat = this.done.has(op.opId);
    if (!isRepeat) {
      if (op.kind !== 'open-round' && 'round' in op && !this.rounds.has(op.round))
        return { opId: op.opId, state: 'later', problem: null };
      this.done.set(op.opId, op);
      this.order.push(op.opId);
      if (op.kind === 'open-round') this.rounds.add(op.round);
      if (op.kind === 'item') this.items.set(op.item, (this.items.get(op.item) ?? 0) + 1);
    }
    return { opId: op.opId, state: isRepeat ? 'repeat' : 'done', problem: null };
  }
}

const AT = '2026-12-01T02:00:00.000Z';
const PLACE = { name: 'Chợ Dừng', commune: null, province: null, detail: null };

function openRound(round: string): Op {
  const rest = { planned: null, place: PLACE, met: [], position: null, producerIds: [] };
  return { opId: `open-${round}`, at: AT, kind: 'open-round', round, ...rest };
}

function anItem(number: number, round = 'round-1'): Op {
  const rest = { code: `CODE${number}`, finding: null, note: null, position: null, offline: null };
  return { opId: `op-${number}`, at: AT, kind: 'item', round, item: `item-${number}`, ...rest };
}

const FAULT_KINDS = [
  'cut-before',
  'cut-after',
  'cut-inside',
  'busy',
  'restart',
  'locked',
  'clock',
  'kill',
  'full',
] as const;

/** One day: the inspector records, the queue is sent again and again, and 100 times something goes wrong. */
async function runRound(seed: number): Promise<{ phone: Phone; office: Office; recorded: string[]; faults: number }> {
  const random = randomFrom(seed);
  const phone = new Phone();
  const office = new Office();
  let faults = 0;
  const strikes = (): boolean => faults < FAULTS && random(3) === 0;
  phone.before = (writes) => {
    if (!strikes()) return;
    const kind = FAULT_KINDS[random(FAULT_KINDS.length)] ?? 'kill';
    if (kind === 'kill') {
      faults += 1;
      throw new Killed('the app was ended');
    }
    if (kind === 'full' && writes) {
      faults += 1;
      throw new NoRoom('no room on the phone');
    }
  };
  office.next = () => {
    if (!strikes()) return 'sound';
    const kind = FAULT_KINDS[random(7)] ?? 'cut-before';
    faults += 1;
    return kind === 'kill' || kind === 'full' ? 'cut-after' : kind;
  };
  /** A person is told when it was not kept, and does it again. */
  const record = (keep: () => void): void => {
    for (;;) {
      try {
        return keep();
      } catch (error) {
        if (!(error instanceof Killed || error instanceof NoRoom)) throw error;
      }
    }
  };
  const recorded: string[] = [];
  const send = async (): Promise<void> => {
    // Two tabs: without the lock both would send; even then each thing arrives once.
    const turns = random(5) === 0 ? 2 : 1;
    await Promise.all(
      Array.from({ length: turns }, () =>
        sendWaiting(phone, office).catch((error: unknown) => {
          if (!(error instanceof Killed || error instanceof NoRoom)) throw error;
        }),
      ),
    );
  };
  record(() => phone.keep(openRound('round-1')));
  recorded.push('open-round-1');
  for (let number = 1; number <= STAMPS; number += 1) {
    record(() => phone.keep(anItem(number)));
    recorded.push(`op-${number}`);
    if (number <= PHOTOS) record(() => phone.keepPhoto(`photo-${number}`, `item-${number}`));
    if (random(2) === 0) await send();
  }
  for (let turn = 0; turn < 2_000 && phone.kept.size + phone.pictures.size > 0; turn += 1) await send();
  return { phone, office, recorded, faults };
}

describe('a round of 200 stamps with 60 photos and 100 faults', () => {
  test.each(Array.from({ length: RUNS }, (_, run) => run + 1))('run %i: all arrive, once, in order', async (run) => {
    const { phone, office, recorded, faults } = await runRound(run * 7_919);
    expect(faults).toBe(FAULTS);
    expect([phone.kept.size, phone.pictures.size]).toEqual([0, 0]);
    expect(office.order).toEqual(recorded);
    expect([office.items.size, new Set(office.items.values())]).toEqual([STAMPS, new Set([1])]);
    expect(office.photos.size).toBe(PHOTOS);
    // What the server said of each is on the phone.
    expect(new Set(phone.answers.map(({ opId }) => opId))).toEqual(new Set(recorded));
  });
});

describe('what may be sent', () => {
  const refused = { code: 'invalid', detail: 'x' };
  const kept = (op: Op, seq: number, problem: WireProblem | null = null): KeptOp => ({ seq, op, refused: problem });

  test('what hangs on a refused round waits for a person, and other rounds go on', () => {
    const all = [
      kept(openRound('a'), 1, refused),
      kept(anItem(1, 'a'), 2),
      kept({ opId: 'c1', at: AT, kind: 'change-item', item: 'item-1', set: { note: 'x' } }, 3),
      kept(openRound('b'), 4),
      kept(anItem(2, 'b'), 5),
    ];
    expect(sendable(all).map(({ seq }) => seq)).toEqual([4, 5]);
  });

  test('a refused item holds up no other', () => {
    expect(sendable([kept(anItem(1), 1, refused), kept(anItem(2), 2)]).map(({ seq }) => seq)).toEqual([2]);
  });

  test('one that the server cannot read is found among the others and set aside; its photo waits with it', async () => {
    const phone = new Phone();
    const office = new Office();
    phone.keep(openRound('round-1'));
    for (let number = 1; number <= 5; number += 1) phone.keep(anItem(number));
    phone.keepPhoto('photo-3', 'item-3');
    const picky: SyncServer = {
      sync: (ops) =>
        ops.some(({ opId }) => opId === 'op-3')
          ? Promise.resolve({ kind: 'malformed', problem: refused })
          : office.sync(ops),
      putPhoto: (photo) => office.putPhoto(photo),
    };
    expect(await sendWaiting(phone, picky)).toEqual({ kind: 'all-sent' });
    expect(office.order).toEqual(['open-round-1', 'op-1', 'op-2', 'op-4', 'op-5']);
    expect([...phone.kept.values()].map(({ op, refused: why }) => [op.opId, why])).toEqual([['op-3', refused]]);
    expect(phone.pictures.size).toBe(1);
  });

  test.each([
    [OPS_AT_ONCE, 1],
    [OPS_AT_ONCE + 1, 2],
  ])('%i operations are %i requests', async (count, requests) => {
    const phone = new Phone();
    const office = new Office();
    office.rounds.add('round-1');
    for (let number = 1; number <= count; number += 1) phone.keep(anItem(number));
    let asked = 0;
    const counting: SyncServer = {
      sync: (ops) => {
        asked += 1;
        expect(ops.length).toBeLessThanOrEqual(OPS_AT_ONCE);
        return office.sync(ops);
      },
      putPhoto: (photo) => office.putPhoto(photo),
    };
    await sendWaiting(phone, counting);
    expect([asked, office.order.length]).toEqual([requests, count]);
  });

  test('a phone that the office shut stops at once', async () => {
    const phone = new Phone();
    phone.keep(openRound('round-1'));
    phone.keepPhoto('photo-1', 'item-1');
    const shut: SyncServer = {
      sync: () => Promise.resolve({ kind: 'shut' }),
      putPhoto: () => Promise.reject(new Error('no photo is sent')),
    };
    expect(await sendWaiting(phone, shut)).toEqual({ kind: 'shut' });
  });

  test('tries come later each time, never later than five minutes, and not before the server asks', () => {
    expect([1, 2, 3].map((failures) => retryMs(failures, null))).toEqual([4_000, 8_000, 16_000]);
    expect(retryMs(1_000, null)).toBe(300_000);
    expect(retryMs(1, 60_000)).toBe(60_000);
  });
});
