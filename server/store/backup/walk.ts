// Walks all rows of a backup as they pass and checks what they say: every seal, the audit chain line by line, each
// record against its last line, tallies against scans, and that each file a record names is there. Nothing is looked
// up in a store: this checks the copy.

import { CHAIN_START, verifyChain, type ChainHead } from '../../domain/audit/audit-chain.ts';
import type { StampTally } from '../../domain/stamp/tally.ts';
import { isCollection, type MovedRow } from '../moving.ts';
import { NO_COUNTS, faultOf, type Counts } from '../recount.ts';
import { filesNamedIn } from '../row-check.ts';
import { isSealOf } from '../row-seal.ts';
import { batchTallyText, fileText, forgottenText, headText, lineText, requestText, tallyText } from '../seal-texts.ts';
import { sealsOf, type Seals } from '../seals.ts';
import { entryOf } from '../sqlite/audit-rows.ts';
import type { CollectionName } from '../store.ts';
import { entityOf, GONE } from '../witness.ts';
import type { BackupKind } from './format.ts';

/** More than a person reads: the first ones say enough. */
const FAULTS_MAX = 50;

interface BatchCounts {
  own: Counts;
  tallies: Counts;
  listed: number;
  forgotten: number;
}

export class BackupWalk {
  /** A sentence each, at most FAULTS_MAX. */
  readonly faults: string[] = [];
  /** Where the chain ends. */
  head: ChainHead = CHAIN_START;
  private readonly seals: Seals;
  private readonly versions = new Map<string, number>();
  private readonly stated = new Map<string, number>();
  private readonly batches = new Map<string, BatchCounts>();
  private readonly files = new Set<string>();
  /** File -> the first record that names it. */
  private readonly named = new Map<string, string>();
  private headStated: ChainHead = CHAIN_START;
  private isBroken = false;

  constructor(rowKey: Uint8Array) {
    this.seals = sealsOf(rowKey);
  }

  take(kind: BackupKind, rows: readonly MovedRow[]): void {
    if (kind === 'audit') this.lines(rows);
    else for (const row of rows) this.row(kind, row);
  }

  /** What only shows when all rows have passed. */
  finish(): void {
    for (const [entity, version] of this.stated) {
      const found = this.versions.get(entity) ?? GONE;
      if (found !== version) this.fault(`${entity} has version ${found}, its last line says ${version}`);
    }
    for (const entity of this.versions.keys())
      if (!this.stated.has(entity)) this.fault(`${entity} has no line in the audit chain`);
    if (!this.isBroken && (this.head.seq !== this.headStated.seq || this.head.hash !== this.headStated.hash))
      this.fault(`the audit chain ends at line ${this.head.seq}, its head says ${this.headStated.seq}`);
    for (const [file, entity] of this.named)
      if (!this.files.has(file)) this.fault(`file ${file}, which ${entity} names, is missing`);
    for (const [batchId, { own, tallies, listed, forgotten }] of this.batches) {
      const fault = faultOf({ before: own, after: own, tallies, listed, forgotten });
      if (fault !== null) this.fault(`batch ${batchId}: ${fault}`);
    }
  }

  private row(kind: BackupKind, row: MovedRow): void {
    const { seals } = this;
    if (kind !== 'printFiles' && kind !== 'fileHashes' && isCollection(kind)) return this.record(kind, row);
    if (kind === 'files') {
      const [id, mediaType, bytes, mac] = row as [string, string, string, string | null];
      this.files.add(id);
      if (!seals.file.isOf(fileText(id, mediaType, Buffer.from(bytes, 'base64')), mac)) this.wrong(`file ${id}`);
    } else if (kind === 'requestKeys') {
      const [key, at, bodyHash, answer, mac] = row as [string, string, string, string, string | null];
      if (!seals.requestKey.isOf(requestText(key, at, bodyHash, answer), mac)) this.wrong(`kept answer ${key}`);
    } else if (kind === 'batchTallies') {
      const [batchId, count, visitorDays, stampsScanned, mac] = row as [string, number, number, number, string | null];
      const own = { count, visitorDays, stampsScanned };
      this.batch(batchId).own = own;
      if (!seals.batchTally.isOf(batchTallyText({ batchId, ...own }), mac)) this.wrong(`the tally of batch ${batchId}`);
    } else if (kind === 'forgottenScans') {
      const [batchId, counted, mac] = row as [string, number, string | null];
      this.batch(batchId).forgotten = counted;
      if (!seals.forgotten.isOf(forgottenText(batchId, counted), mac))
        this.wrong(`the number of deleted scans of batch ${batchId}`);
    } else if (kind === 'tallies') {
      const [batchId, serial, text, , mac] = row as [string, number, string, string, string | null];
      const tally = JSON.parse(text) as StampTally;
      const { tallies } = this.batch(batchId);
      tallies.count += tally.count;
      tallies.visitorDays += tally.visitorDays;
      if (tally.count > 0) tallies.stampsScanned += 1;
      if (!seals.tally.isOf(tallyText(tally), mac)) this.wrong(`the tally of stamp ${serial} of batch ${batchId}`);
    } else if (kind === 'scans') {
      if (row[6] === 1) this.batch(row[0] as string).listed += 1;
    } else if (kind === 'chainHeads') {
      const [seq, hash, mac] = row as [number, string, string | null];
      if (!seals.chainHead.isOf(headText({ seq, hash }), mac)) this.wrong('the head of the audit chain');
      this.headStated = { seq, hash };
    }
  }

  private record(name: CollectionName, row: MovedRow): void {
    const [id, version, createdAt, text, seal] = row as [string, number, string, string, string | null];
    const entity = entityOf(name, id);
    this.versions.set(entity, version);
    const doc = JSON.parse(text) as Record<string, unknown>;
    const isAsItSays = doc['id'] === id && doc['version'] === version && doc['createdAt'] === createdAt;
    if (!isAsItSays || !isSealOf(this.seals.rowKey, name, text, seal === null ? null : Buffer.from(seal, 'base64')))
      this.wrong(entity);
    for (const file of filesNamedIn(doc)) if (!this.named.has(file)) this.named.set(file, entity);
  }

  private lines(rows: readonly MovedRow[]): void {
    const entries = rows.map((row) => entryOf([...row]));
    for (const [i, entry] of entries.entries()) {
      if (!this.seals.chain.isOf(lineText(entry), rows[i]?.[12] as string | null))
        this.wrong(`line ${entry.seq} of the audit chain`);
      if (entry.recordVersion !== undefined) this.stated.set(entry.entity, entry.recordVersion);
    }
    if (this.isBroken) return;
    const check = verifyChain(entries, this.head);
    if (check.ok) this.head = check.head;
    else {
      this.isBroken = true;
      this.fault(`the audit chain is broken at line ${check.seq}`);
    }
  }

  private batch(batchId: string): BatchCounts {
    let counts = this.batches.get(batchId);
    if (counts === undefined) {
      counts = { own: NO_COUNTS, tallies: { ...NO_COUNTS }, listed: 0, forgotten: 0 };
      this.batches.set(batchId, counts);
    }
    return counts;
  }

  private wrong(what: string): void {
    this.fault(`${what} is not as it was written`);
  }

  private fault(fault: string): void {
    if (this.faults.length < FAULTS_MAX) this.faults.push(fault);
  }
}
