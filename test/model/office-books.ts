// What an office does besides issuing stamps in a generated year: activations taken back, journeys of lots, the year's
// plan, published figures.

import { deactivateStamps, deactivateStampsInput } from '../../server/actions/batches/deactivate-stamps.ts';
import { addLotEvent, addLotEventInput } from '../../server/actions/lots/add-lot-event.ts';
import { changeLotEvent, removeLotEvent } from '../../server/actions/lots/change-lot-event.ts';
import { copyJourney } from '../../server/actions/lots/copy-journey.ts';
import { setFigure, setFigureInput } from '../../server/actions/programme/set-figure.ts';
import { setPlan, setPlanInput } from '../../server/actions/programme/set-plan.ts';
import { addDays } from '../../server/domain/calendar.ts';
import { doneOf, OfficeState } from './office-state.ts';
import type { PlainEvent, PlainLot, PlainStamp } from './plain-office.ts';

const COMPARED = ['products-rated', 'packaging-given'] as const;

export class OfficeBooks extends OfficeState {
  protected someRange(): { batch: string; from: number; to: number; stamps: PlainStamp[] } | null {
    const batch = this.pick(this.model.batches);
    if (batch === null) return null;
    const from = 1 + this.roll(batch.quantity);
    const to = Math.min(batch.quantity, from + this.roll(20));
    return { batch: batch.id, from, to, stamps: this.model.stampsOf(batch.id, from, to) };
  }

  protected now(): string {
    return this.api.ctx.now().toISOString();
  }

  /** Takes an activation back, which is allowed unless one of its stamps was scanned since. */
  protected async takeBack(): Promise<void> {
    const range = this.someRange();
    if (range === null) return;
    const active = range.stamps.filter(({ lot }) => lot !== null);
    const seen = active.map((stamp) => this.model.isSeen(stamp, stamp.activeAt ?? ''));
    if (seen.includes(null) && !seen.includes(true)) return;
    const deactivation = deactivateStampsInput.parse({ from: range.from, to: range.to });
    const outcome = await deactivateStamps(this.office, { id: range.batch, deactivation }, this.api.ctx);
    const isRefused = seen.includes(true);
    if (!outcome.ok && outcome.problem.code !== 'scanned-since') throw new Error(outcome.problem.code);
    if (outcome.ok === isRefused) throw new Error(`an activation is taken back: ${outcome.ok}; seen: ${isRefused}`);
    if (active.length > 0) this.tell(outcome.ok ? 'taken back' : 'not taken back: seen');
    if (outcome.ok) for (const stamp of active) stamp.lot = null;
  }

  /** Adds, copies (from another lot of the product), corrects and removes steps. */
  protected async journey(): Promise<void> {
    const lot = this.pick(this.model.lots);
    if (lot === null) return;
    const event = this.pick(lot.events);
    const works = [() => this.addEvent(lot), () => this.copyEvents()];
    if (event !== null)
      works.push(
        () => this.correctEvent(lot, event),
        () => this.removeEvent(lot, event),
      );
    await works[this.roll(works.length)]?.();
  }

  private async addEvent(lot: PlainLot): Promise<void> {
    const step = this.number();
    const input = { at: addDays(this.today, -this.roll(4)), step, public: this.roll(3) > 0 };
    const event = addLotEventInput.parse(input);
    const { events } = doneOf(await addLotEvent(this.office, { id: lot.id, event }, this.api.ctx));
    const id = events.find((one) => one.step === step)?.id ?? '';
    const plain = { id, source: id, step, public: input.public, isCopied: false, isCorrected: false };
    lot.events.push({ ...plain, recordedAt: this.now() });
  }

  private async copyEvents(): Promise<void> {
    const from = this.pick(this.model.lots.filter(({ events }) => events.length > 0));
    const lot = this.pick(this.model.lots.filter(({ id, product }) => product === from?.product && id !== from.id));
    if (from === null || lot === null) return;
    const lacking = from.events.filter(({ source }) => !lot.events.some((one) => one.source === source));
    const outcome = await copyJourney(this.office, { id: lot.id, copy: { from: from.id } }, this.api.ctx);
    if (outcome.ok !== lacking.length > 0) throw new Error(`a journey is copied: ${outcome.ok}`);
    const doc = await this.api.store.lots.get(lot.id);
    for (const event of lacking) {
      const id = doc?.events.find(({ sourceId }) => sourceId === event.source)?.id ?? '';
      lot.events.push({ ...event, id, isCopied: true, isCorrected: false, recordedAt: this.now() });
    }
    if (lacking.length > 0) this.tell('copied');
    if (doc?.events.length !== lot.events.length) throw new Error('a copy made something twice');
  }

  private async correctEvent(lot: PlainLot, event: PlainEvent): Promise<void> {
    const seen = this.model.isEventSeen(lot, event);
    if (seen === null) return;
    const step = this.number();
    const input = { id: lot.id, eventId: event.id, change: { step } };
    const { events } = doneOf(await changeLotEvent(this.office, input, this.api.ctx));
    const isMarked = events.find(({ id }) => id === event.id)?.correctedAt != null;
    if (isMarked !== seen) throw new Error(`a step is corrected: marked ${isMarked}, seen ${seen}`);
    this.tell(seen ? 'corrected with a mark' : 'corrected');
    Object.assign(event, { step }, seen ? { isCorrected: true } : { recordedAt: this.now() });
  }

  private async removeEvent(lot: PlainLot, event: PlainEvent): Promise<void> {
    const seen = this.model.isEventSeen(lot, event);
    if (seen === null) return;
    const outcome = await removeLotEvent(this.office, { id: lot.id, eventId: event.id }, this.api.ctx);
    if (outcome.ok === seen) throw new Error(`a step is removed: ${outcome.ok}; seen: ${seen}`);
    this.tell(outcome.ok ? 'removed' : 'not removed: seen');
    if (outcome.ok) lot.events.splice(lot.events.indexOf(event), 1);
  }

  protected async plan(): Promise<void> {
    const year = Number(this.today.slice(0, 4));
    const known = this.model.plans.get(year);
    const rated = [null, 0, 1 + this.roll(4)][this.roll(3)] ?? null;
    const packaging = 200 + this.roll(900);
    const targets = { 'products-rated': rated, 'packaging-given': packaging };
    const version = (await this.api.store.plans.findBy('officeYear', [this.officeId, year]))?.version ?? 0;
    doneOf(await setPlan(this.office, { year, version, plan: setPlanInput.parse({ targets }) }, this.api.ctx));
    this.tell(known === undefined ? 'planned' : 'planned anew');
    this.model.plans.set(year, targets);
    // A plan counts for its whole year, so reports of earlier days now include it.
    if (known === undefined) this.model.enteredLate('2026-01-01', this.today);
  }

  /** A published figure, or its correction; an estimate decides nothing. */
  protected async figure(): Promise<void> {
    const measure = COMPARED[this.roll(COMPARED.length)] ?? 'products-rated';
    const kind = this.roll(4) === 0 ? ('estimate' as const) : ('reported' as const);
    const asOf = addDays(this.today, [0, -3, -8][this.roll(3)] ?? 0);
    const [year, value] = [Number(asOf.slice(0, 4)), this.roll(500)];
    const figure = setFigureInput.parse({ year, measure, value, asOf, kind });
    doneOf(await setFigure(this.office, { figure }, this.api.ctx));
    if (kind === 'estimate') return;
    const known = this.model.figures.find((one) => one.measure === measure && one.asOf === asOf);
    this.tell(known === undefined ? 'published' : 'set right');
    if (known !== undefined) known.value = value;
    else {
      this.model.figures.push({ year, measure, value, asOf });
      this.model.enteredLate(asOf, this.today);
    }
  }
}
