// Looks through the whole store in the background for what no answer rests on at the moment: lines and records after
// each start and once a day (store/row-check.ts), tallies twice a day (store/recount.ts). Scans go first: after each
// piece it rests nine times as long as the piece took. How far the recount is lies in the store, so a restart, or
// another server, goes on from there. Decision: docs/decisions/0025-sealed-store.md.

import { setTimeout as wait } from 'node:timers/promises';
import { NO_CHECK, recountPiece, RECOUNT_PARTS, type CheckState, type Finding } from '../store/recount.ts';
import { rowPiece, ROW_CHECK_START, type Checked, type RowPiece, type RowPlace } from '../store/row-check.ts';
import { StoreError, type Lease, type Store } from '../store/store.ts';
import { whileLeased, type HeldLease } from '../store/while-leased.ts';

/** Twice a day, so that a round that takes long still ends within a day of a change. */
const RECOUNT_MS = 12 * 3_600_000;
const ROWS_MS = 24 * 3_600_000;
/** Records or lines in one piece: a millisecond or two of the thread that answers scans. */
const ROWS = 20;
const REST = 9;
const REST_MAX_MS = 30_000;
/** How often the place of the recount is kept: so much is done again after a restart. */
const KEEP_MS = 30_000;
/** More than a person reads. */
const FINDINGS_MAX = 50;

export interface StoreCheckParts {
  store: Store;
  now: () => Date;
  /** Says a finding to the operator. */
  found: (fault: string) => void;
  /** Tests only: how long it rests after a piece, as a multiple of its time. */
  rest?: number;
}

export class StoreChecker {
  private readonly parts: StoreCheckParts;
  private readonly lease: Lease;
  private readonly ending = new AbortController();
  private stopped = false;
  /** Where the check of records is; null: it ended at `rowsEndedMs` (performance.now). */
  private rows: RowPlace | null = ROW_CHECK_START;
  private rowsBeganAt: string | null = null;
  private rowsEndedMs = 0;
  private saidForged = false;

  constructor(parts: StoreCheckParts) {
    this.parts = parts;
    this.lease = parts.store.lease('store-check');
  }

  /** Does what is due, and ends. Nothing while another server does it. */
  async work(): Promise<void> {
    if (this.stopped || !(await this.isDue())) return;
    try {
      await whileLeased(this.lease, async (held) => {
        try {
          await this.checkRows(held);
          await this.recount(held);
        } finally {
          await this.lease.release();
        }
      });
    } catch (error) {
      // An outage of the store is reported by the work that needs it; the check continues when it is back.
      if (!(error instanceof StoreError)) throw error;
    }
  }

  /** The piece under way is finished. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.ending.abort();
  }

  private async isDue(): Promise<boolean> {
    return this.areRowsDue() || this.isRecountDue(await this.state());
  }

  private areRowsDue(): boolean {
    return this.rows !== null || performance.now() - this.rowsEndedMs >= ROWS_MS;
  }

  private isRecountDue({ beganAt, endedAt }: CheckState): boolean {
    if (beganAt === null || endedAt === null) return true;
    const agoMs = this.parts.now().getTime() - Date.parse(beganAt);
    return agoMs >= RECOUNT_MS || agoMs < 0; // a clock set back makes it due
  }

  private async checkRows(held: HeldLease): Promise<void> {
    if (!this.areRowsDue()) return;
    const { store } = this.parts;
    const checked: Checked = { rows: store as unknown as Checked['rows'], chain: store.audit, files: store.files };
    this.rows ??= ROW_CHECK_START;
    this.rowsBeganAt ??= this.parts.now().toISOString();
    while (this.rows !== null) {
      if (this.isOver(held)) return;
      const place: RowPlace = this.rows;
      const { faults, next }: RowPiece = await this.rested(() => rowPiece(checked, place, ROWS));
      if (faults.length > 0) await this.keep(this.withFindings(await this.state(), 'records', faults));
      this.rows = next;
    }
    this.rowsEndedMs = performance.now();
    await this.forget('records', this.rowsBeganAt);
    this.rowsBeganAt = null;
  }

  private async recount(held: HeldLease): Promise<void> {
    let state = await this.state();
    if (!this.isRecountDue(state)) return;
    const { store, now } = this.parts;
    if (state.beganAt === null || state.endedAt !== null)
      state = { ...NO_CHECK, findings: state.findings, beganAt: now().toISOString() };
    let keptMs = performance.now();
    while (state.endedAt === null) {
      if (this.isOver(held)) return this.keep(state);
      const { part, after } = state;
      const { faults, next } = await this.rested(() => recountPiece(store.check, part, after));
      state = this.withFindings(moved(state, next, now().toISOString()), 'tallies', faults);
      if (faults.length === 0 && performance.now() - keptMs < KEEP_MS) continue;
      await this.keep(state);
      keptMs = performance.now();
    }
    await this.keep(state);
    await this.forget('tallies', state.beganAt);
  }

  private isOver(held: HeldLease): boolean {
    return this.stopped || held.lost.aborted;
  }

  private async rested<T>(work: () => Promise<T>): Promise<T> {
    const begun = performance.now();
    const made = await work();
    const restMs = Math.min((performance.now() - begun) * (this.parts.rest ?? REST), REST_MAX_MS);
    if (!this.stopped) await wait(restMs, undefined, { ref: false, signal: this.ending.signal }).catch(() => undefined);
    return made;
  }

  /** A row that was tampered with is itself a finding, and the round begins again. */
  private async state(): Promise<CheckState> {
    try {
      return await this.parts.store.check.state();
    } catch (error) {
      if (!(error instanceof StoreError) || error.kind !== 'tampered') throw error;
      if (!this.saidForged) this.parts.found(error.message);
      this.saidForged = true;
      const finding: Finding = { of: 'tallies', text: error.message, at: this.parts.now().toISOString() };
      return { ...NO_CHECK, findings: [finding] };
    }
  }

  private keep(state: CheckState): Promise<void> {
    this.saidForged = false;
    return this.parts.store.check.keep(state);
  }

  /** Adds these findings; new ones are reported. */
  private withFindings(state: CheckState, of: string, faults: readonly string[]): CheckState {
    if (faults.length === 0) return state;
    const at = this.parts.now().toISOString();
    const known = new Set(state.findings.map(({ text }) => text));
    for (const text of faults) if (!known.has(text)) this.parts.found(text);
    const others = state.findings.filter(({ text }) => !faults.includes(text));
    const all = [...others, ...faults.map((text) => ({ of, text, at }))];
    return { ...state, findings: all.slice(-FINDINGS_MAX) };
  }

  /** Takes back what a whole round did not find again. */
  private async forget(of: string, beganAt: string | null): Promise<void> {
    const state = await this.state();
    const findings = state.findings.filter((finding) => finding.of !== of || finding.at >= (beganAt ?? ''));
    if (findings.length < state.findings.length) await this.keep({ ...state, findings });
  }
}

/** The next place of the round, or its end. */
function moved(state: CheckState, next: string | null, at: string): CheckState {
  if (next !== null) return { ...state, after: next };
  const part = RECOUNT_PARTS[RECOUNT_PARTS.indexOf(state.part) + 1];
  return part === undefined ? { ...state, endedAt: at } : { ...state, part, after: '' };
}
