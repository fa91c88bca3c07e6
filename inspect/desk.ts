// What the open app knows and does: session, round at hand, packs, queue. Screens read and call it. All that an
// inspector records goes through `change`, so it is on the phone before anybody is told that it is.

import type { Finding } from '../server/domain/market/inspection.ts';
import { BoundedMap } from '../server/kit/bounded-map.ts';
import { contradicts, judge, judgedByServer } from './core/judge.ts';
import { newId } from './core/ids.ts';
import type { DeviceKeys, Lock } from './core/keys.ts';
import type { Sent } from './core/outbox.ts';
import type { ServerClock } from './core/proof.ts';
import {
  firstOf,
  foldAnswers,
  keptRound,
  itemOp,
  newItem,
  newRound,
  unopened,
  keptItem,
  type Taken,
  type KeptItem,
  type KeptRound,
} from './core/round-book.ts';
import type { Key } from './core/seal.ts';
import type { Met, Op, OpBody, Place, Position, Session, StampKnown, WireRound } from './core/wire.ts';
import { Records, outboxIn, type Change, type Database, type Settings } from './device/database.ts';
import { PackDesk } from './device/pack-desk.ts';
import { Sender } from './device/sender.ts';
import type { AppServer } from './device/server.ts';

export const PHOTOS_MAX = 8;
/** Stamps whose facts are kept at hand for their page. */
const KNOWN_MAX = 300;

export class Desk {
  readonly session: Session;
  readonly settings: Settings;
  readonly clock: ServerClock;
  readonly server: AppServer;
  readonly packs: PackDesk;
  readonly outbox: ReturnType<typeof outboxIn>;
  readonly known = new BoundedMap<string, StampKnown | 'not-ours'>(KNOWN_MAX);
  rounds: KeptRound[] = [];
  plans: WireRound[] = [];
  round: KeptRound | null = null;
  items: KeptItem[] = [];
  /** The item that the bar shows. */
  latest: KeptItem | null = null;
  alarms: KeptItem[] = [];
  waiting = { ops: 0, photos: 0, refused: 0 };
  isOnline = navigator.onLine;
  lastSent: Sent | null = null;
  private readonly records: Records;
  private readonly sender: Sender;
  private readonly changed: () => void;
  private readonly onShut: () => void;
  private turns: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    database: Database;
    dataKey: Key;
    device: { keys: DeviceKeys; lock: Lock; session: Session };
    settings: Settings;
    clock: ServerClock;
    server: AppServer;
    changed: () => void;
    onShut: () => void;
  }) {
    const { database, dataKey, device } = parts;
    this.session = device.session;
    this.settings = parts.settings;
    this.clock = parts.clock;
    this.server = parts.server;
    this.changed = parts.changed;
    this.onShut = parts.onShut;
    this.records = new Records(database, dataKey, device.keys.queue);
    this.outbox = outboxIn(database, device.keys.queue);
    this.packs = new PackDesk(this.records, parts.server, parts.changed);
    this.sender = new Sender(this.outbox, parts.server, (sent) => this.sent(sent));
    this.server.onNetwork = (isThere) => this.sees(isThere);
    addEventListener('online', () => this.sees(true));
    addEventListener('offline', () => this.sees(false));
  }

  /** Reads what is on the phone. */
  async open(): Promise<void> {
    this.rounds = await this.records.rounds();
    this.plans = unopened(await this.records.plans(), this.rounds);
    await this.fold();
    await this.count();
    await this.packs.open();
    this.sender.kick();
    void this.loadPlans();
  }

  async close(): Promise<void> {
    await this.sender.stop();
    this.packs.close();
    this.known.clear();
    this.items = [];
  }

  get isSending(): boolean {
    return this.sender.isSending;
  }

  sendNow(): void {
    this.sender.kick();
    this.changed();
  }

  /** What the office planned, and rounds that another phone of this person opened. */
  async loadPlans(): Promise<void> {
    const found = await this.server.rounds();
    if (found === null) return;
    const { id } = this.session.person;
    const own = found.filter(({ inspectors, by }) => inspectors.includes(id) || by === id);
    await this.records.keepPlans(own);
    this.plans = unopened(own, this.rounds);
    this.changed();
  }

  async openRound(form: {
    place: Place;
    met: Met[];
    planned: WireRound | null;
    position: Position | null;
  }): Promise<void> {
    const { place, met, planned, position } = form;
    const round = newRound(newId(), this.clock.instant(), form);
    const { clientId } = round;
    const producerIds = planned?.producerIds ?? [];
    await this.change(
      { round },
      { kind: 'open-round', round: clientId, planned: round.planned, place, met, position, producerIds },
    );
    this.hold(round);
    await this.enter(round);
  }

  /** A round that another phone of this person opened goes on here, with what was read there. */
  async takeOver(open: WireRound): Promise<void> {
    const round = keptRound(open);
    const items = (await this.server.items(open.id)).map((item) => keptItem(item, round.clientId));
    await this.change({ round, items }, null);
    this.hold(round);
    await this.enter(round);
  }

  async enter(round: KeptRound): Promise<void> {
    this.round = round;
    this.items = await this.records.items(round.clientId);
    this.latest = null;
    this.changed();
  }

  async changeRound(set: Partial<Pick<KeptRound, 'place' | 'met' | 'kept' | 'note' | 'position'>>): Promise<void> {
    const round = this.hereRound();
    await this.putRound({ ...round, ...set }, { kind: 'change-round', round: round.clientId, set });
  }

  async closeRound(): Promise<void> {
    const round = this.hereRound();
    const closedAt = this.clock.instant();
    await this.putRound({ ...round, closedAt }, { kind: 'close-round', round: round.clientId });
  }

  /**
   * Records what was read, once: a code that the round has already is only reported, unless the person says that it is
   * on a second piece of goods.
   */
  take(read: string, isSecond = false): Promise<Taken> {
    return this.inTurn(async () => {
      const round = this.hereRound();
      const start = performance.now();
      const judged = judge(read, this.packs.set, this.hosts(), this.clock.ms());
      performance.measure('temtrace judge', { start });
      const first = firstOf(this.items, judged, read);
      if (first !== null && !isSecond) return { kind: 'duplicate', first, judged };
      const ids = { clientId: newId(), round: round.clientId, at: this.clock.instant() };
      const item = newItem(ids, read, judged, first?.clientId ?? null);
      if (!(await this.tryChange({ items: [item] }, itemOp(item)))) return { kind: 'not-kept' };
      this.items = [...this.items, item];
      this.latest = item;
      this.changed();
      if (item.code !== null) void this.askServer(item, item.code);
      return { kind: 'kept', item };
    });
  }

  async setFinding(clientId: string, set: { finding: Finding | null; note: string | null }): Promise<boolean> {
    return this.inTurn(async () => {
      const item = this.items.find((one) => one.clientId === clientId);
      if (item === undefined) return false;
      const next = { ...item, ...set };
      if (!(await this.tryChange({ items: [next] }, { kind: 'change-item', item: clientId, set }))) return false;
      this.replace(next);
      return true;
    });
  }

  /** @returns false: no room */
  async addPhoto(clientId: string, photo: { bytes: Uint8Array<ArrayBuffer>; mediaType: string }): Promise<boolean> {
    return this.inTurn(async () => {
      const item = this.items.find((one) => one.clientId === clientId);
      if (item === undefined || item.photos >= PHOTOS_MAX) return false;
      const next = { ...item, photos: item.photos + 1 };
      const kept = { clientId: newId(), item: clientId, ...photo };
      if (!(await this.tryChange({ items: [next], photo: kept }, null))) return false;
      this.replace(next);
      return true;
    });
  }

  /** What the server knows of a stamp that consumers do not see. */
  async askServer({ clientId, offline }: KeptItem, code: string): Promise<void> {
    const known = await this.server.stamp(code, new AbortController().signal);
    if (known === null) return;
    this.known.set(code, known);
    await this.inTurn(async () => {
      const item = this.items.find((one) => one.clientId === clientId) ?? null;
      if (item === null) return;
      const { shown, also, about, source } = judgedByServer(item, known);
      const contradicted = item.contradicted || contradicts(offline, known);
      const next = { ...item, shown, also, about, source, contradicted };
      await this.tryChange({ items: [next] }, null);
      this.raise(item, next);
      this.replace(next);
    });
  }

  hearAlarm(): void {
    this.alarms = this.alarms.slice(1);
    this.changed();
  }

  /** What a person decided about something that the server refused. */
  async decide(how: 'retry' | 'dismiss', what: { op: number } | { photo: string }): Promise<void> {
    await this.outbox[how](what);
    await this.count();
    if (how === 'retry') this.sendNow();
  }

  /** The service worker has sent: there is a network. */
  async heard(): Promise<void> {
    this.sees(true);
    await this.refresh();
  }

  private sees(isThere: boolean): void {
    if (this.isOnline === isThere) return;
    this.isOnline = isThere;
    this.changed();
  }

  private async refresh(): Promise<void> {
    await this.fold();
    await this.count();
  }

  private hold(round: KeptRound): void {
    this.rounds = [round, ...this.rounds];
    this.plans = unopened(this.plans, this.rounds);
  }

  private hosts(): string[] {
    return [location.host, this.session.origin];
  }

  private hereRound(): KeptRound {
    if (this.round !== null) return this.round;
    throw new TypeError('there is no round at hand');
  }

  private async putRound(round: KeptRound, op: OpBody): Promise<void> {
    await this.change({ round }, op);
    this.round = round;
    this.rounds = this.rounds.map((one) => (one.clientId === round.clientId ? round : one));
    this.changed();
  }

  private replace(item: KeptItem): void {
    this.items = this.items.map((one) => (one.clientId === item.clientId ? item : one));
    if (this.latest?.clientId === item.clientId) this.latest = item;
    this.changed();
  }

  private raise(before: KeptItem, after: KeptItem): void {
    if (!before.contradicted && after.contradicted) this.alarms = [...this.alarms, after];
  }

  private async change(change: Change, body: OpBody | null): Promise<void> {
    const op = body === null ? {} : { op: { opId: newId(), at: this.clock.instant(), ...body } as Op };
    await this.records.keep({ ...change, ...op });
    await this.count();
    if (body !== null || change.photo !== undefined) this.sender.kick();
  }

  private async tryChange(change: Change, body: OpBody | null): Promise<boolean> {
    try {
      await this.change(change, body);
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
      throw error;
    }
  }

  private async count(): Promise<void> {
    const [ops, photos] = await Promise.all([this.outbox.counts(), this.outbox.photos()]);
    const lost = photos.filter(({ refused }) => refused !== null).length;
    this.waiting = { ops: ops.waiting, photos: photos.length - lost, refused: ops.refused + lost };
    this.changed();
  }

  private async sent(sent: Sent): Promise<void> {
    this.lastSent = sent;
    if (sent.kind === 'shut') return this.onShut();
    await this.refresh();
  }

  /** What the server answered becomes part of what is shown, once. */
  private fold(): Promise<void> {
    return this.inTurn(async () => {
      const answers = await this.records.answers();
      if (answers.length === 0) return;
      const said = answers.map(({ result }) => result);
      const folded = await foldAnswers(said, {
        item: async (id) => this.items.find(({ clientId }) => clientId === id) ?? this.records.item(id),
        round: (id) => this.rounds.find(({ clientId }) => clientId === id) ?? null,
      });
      const { items, rounds, contradicted } = folded;
      await this.records.foldAnswers(
        { items, rounds },
        answers.map(({ seq }) => seq),
      );
      this.alarms = [...this.alarms, ...contradicted];
      this.rounds = this.rounds.map((round) => rounds.find(({ clientId }) => clientId === round.clientId) ?? round);
      this.round = this.rounds.find(({ clientId }) => clientId === this.round?.clientId) ?? null;
      for (const item of items) this.replace(item);
    });
  }

  /** So that no two changes of an item begin from one state. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turns.then(work);
    this.turns = turn.catch(() => undefined);
    return turn;
  }
}
