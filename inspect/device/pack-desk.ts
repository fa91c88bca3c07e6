// The packs of this phone: fetched, checked, kept sealed, brought up to date, put aside. A pack is kept as the parts
// that came, the whole one and its differences, so that each is checked again by its signature whenever the app opens.

import {
  checkedPack,
  choiceId,
  choiceQuery,
  heldPack,
  openParts,
  PackError,
  PackSet,
  type HeldPack,
  type PublishedKey,
} from '../core/pack-set.ts';
import type { PackChoice } from '../../server/domain/pack/pack-format.ts';
import type { Records } from './database.ts';
import type { Answer, AppServer } from './server.ts';

export interface PackPreview {
  producers: number;
  batches: number;
  stamps: number;
  bytes: number;
}

export type PackFault = PackError['reason'] | 'failed' | 'nothing' | 'too-large' | 'room';

const KEYS = '/.well-known/temtrace-keys.json';
/** The published keys lie among the packs, under a name that no choice has. */
const KEYS_NAME = 'keys';
/** As many as the server names at once; an office with more chooses by place. */
const PRODUCERS_LISTED = 200;
/** Differences kept on top of one whole pack; more take longer to open than a new one takes to fetch. */
const PARTS_MAX = 12;

export class PackDesk {
  set = new PackSet([]);
  /** Bytes that have come of the pack that is being fetched; null: none is. */
  loadingBytes: number | null = null;
  private readonly records: Records;
  private readonly server: AppServer;
  private readonly changed: () => void;

  constructor(records: Records, server: AppServer, changed: () => void) {
    this.records = records;
    this.server = server;
    this.changed = changed;
  }

  get held(): readonly HeldPack[] {
    return this.set.packs;
  }

  /** The oldest edition in use, for the strip; null: there is no pack. */
  get edition(): string | null {
    return this.held.map(({ manifest }) => manifest.edition).toSorted()[0] ?? null;
  }

  /** Reads what is kept. A pack that does not hold its signature any more is left out and taken off. */
  async open(): Promise<void> {
    const start = performance.now();
    const kept = await this.records.packs();
    const keys = keysIn(kept.find(({ id }) => id === KEYS_NAME)?.bytes);
    const parts = Map.groupBy(
      kept.filter(({ id }) => id !== KEYS_NAME),
      ({ id }) => id.slice(id.indexOf(' ') + 1),
    );
    const held: HeldPack[] = [];
    for (const own of parts.values()) {
      const inOrder = own.toSorted((a, b) => partNumber(a.id) - partNumber(b.id)).map(({ bytes }) => bytes);
      const pack = await openParts(inOrder, keys).catch(() => null);
      if (pack !== null) held.push(pack);
      else for (const { id } of own) await this.records.dropPack(id);
    }
    this.set = new PackSet(held);
    performance.measure('temtrace packs', { start });
    this.changed();
  }

  close(): void {
    this.set = new PackSet([]);
  }

  /** What a pack would weigh, or why there would be none. */
  async preview(choice: PackChoice): Promise<PackPreview | PackFault> {
    const answer = await this.server.read<PackPreview>(`/packs/preview?${choiceQuery(choice, null)}`);
    return 'value' in answer ? answer.value : faultOf(answer);
  }

  /** Producers of the office, to choose some of them; empty where they cannot be asked for. */
  async producers(): Promise<{ id: string; name: string }[]> {
    const page = await this.server.json<{ items: { id: string; name: string }[] }>(
      `/producers?limit=${PRODUCERS_LISTED}`,
    );
    return page?.items ?? [];
  }

  /** Fetches a pack, or what changed of one that is here. Null: it is ready. */
  async load(choice: PackChoice): Promise<PackFault | null> {
    const before = this.held.find(({ id }) => id === choiceId(choice)) ?? null;
    try {
      const isDifference = before !== null && (await this.partsOf(before.id)).length <= PARTS_MAX;
      return await this.fetch(choice, isDifference ? before : null);
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return error.reason === 'whole' ? await this.fetchWhole(choice) : error.reason;
    } finally {
      this.loadingBytes = null;
      this.changed();
    }
  }

  async remove(id: string): Promise<void> {
    for (const part of await this.partsOf(id)) await this.records.dropPack(part);
    this.set = new PackSet(this.held.filter((one) => one.id !== id));
    this.changed();
  }

  private async fetchWhole(choice: PackChoice): Promise<PackFault | null> {
    try {
      return await this.fetch(choice, null);
    } catch (error) {
      if (error instanceof PackError) return error.reason;
      throw error;
    }
  }

  private async fetch(choice: PackChoice, before: HeldPack | null): Promise<PackFault | null> {
    const keys = await this.freshKeys();
    if (keys === null) return 'failed';
    const query = choiceQuery(choice, before?.manifest.edition ?? null);
    const bytes = await this.server.file(`/api/v1/packs?${query}`, (come) => {
      this.loadingBytes = come;
      this.changed();
    });
    if (!(bytes instanceof Uint8Array)) {
      return faultOf(bytes);
    }
    const pack = await heldPack(await checkedPack(bytes, keys), before);
    try {
      await this.keep(pack.id, bytes, before === null);
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'room';
      throw error;
    }
    this.set = new PackSet([...this.held.filter(({ id }) => id !== pack.id), pack]);
    return null;
  }

  /** The published keys as they are now. They are kept, because the packs are checked whenever the app opens. */
  private async freshKeys(): Promise<PublishedKey[] | null> {
    const bytes = await this.server.file(KEYS, () => undefined);
    if (!(bytes instanceof Uint8Array)) return null;
    await this.records.keepPack(KEYS_NAME, bytes);
    return keysIn(bytes);
  }

  private async keep(id: string, bytes: Uint8Array<ArrayBuffer>, isWhole: boolean): Promise<void> {
    const before = await this.partsOf(id);
    const number = Math.max(0, ...before.map(partNumber)) + 1;
    await this.records.keepPack(`${number} ${id}`, bytes);
    if (isWhole) for (const part of before) await this.records.dropPack(part);
  }

  private async partsOf(id: string): Promise<string[]> {
    return (await this.records.packNames()).filter((name) => name.slice(name.indexOf(' ') + 1) === id);
  }
}

function faultOf(answer: Exclude<Answer, { kind: 'ok' }>): PackFault {
  if (answer.kind !== 'problem') return 'failed';
  if (answer.problem.code === 'pack-too-large') return 'too-large';
  // A province that is none is a place where nobody is.
  return answer.status === 404 || answer.status === 400 ? 'nothing' : 'failed';
}

function partNumber(name: string): number {
  return Number(name.slice(0, name.indexOf(' ')));
}

function keysIn(bytes: Uint8Array | undefined): PublishedKey[] {
  if (bytes === undefined) return [];
  return (JSON.parse(new TextDecoder().decode(bytes)) as { keys: PublishedKey[] }).keys;
}
