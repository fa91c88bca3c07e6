// The plainest model of an office: arrays with one entry per stamp, lot, certificate. Every figure is a filter and a
// count. It has no intervals, copies or caches; office-year.ts plays a year on it and on the real actions.

import { addDays } from '../../server/domain/calendar.ts';

export interface PlainStamp {
  batch: string;
  serial: number;
  lot: string | null;
  void: string | null;
  printed: boolean;
  /** When it became active for its lot. */
  activeAt: string | null;
  /** Its look-ups; one soon after another may or may not count. */
  views: { at: string; isSure: boolean }[];
}

export interface PlainEvent {
  id: string;
  /** The event that it was copied from, or its own id. */
  source: string;
  step: string;
  public: boolean;
  isCopied: boolean;
  isCorrected: boolean;
  recordedAt: string;
}

export interface PlainBatch {
  id: string;
  kind: 'goods' | 'blank';
  lot: string | null;
  quantity: number;
  issuedOn: string;
}

export interface PlainLot {
  id: string;
  product: string;
  madeOn: string;
  declared: number | null;
  events: PlainEvent[];
}

export interface PlainPaper {
  id: string;
  product: string;
  stars: 3 | 4 | 5;
  issuedOn: string;
  expiresOn: string;
  extendedTo: string | null;
  revokedOn: string | null;
}

export interface PlainCouncil {
  product: string;
  heldOn: string;
}

export interface PlainSupport {
  quantity: number;
  givenOn: string;
  struck: boolean;
}

export interface PlainRecall {
  id: string;
  lot: string;
  withdrawn: boolean;
}

export class PlainOffice {
  readonly products: readonly string[];
  readonly stamps: PlainStamp[] = [];
  readonly batches: PlainBatch[] = [];
  readonly lots: PlainLot[] = [];
  readonly papers: PlainPaper[] = [];
  readonly councils: PlainCouncil[] = [];
  readonly supports: PlainSupport[] = [];
  readonly recalls: PlainRecall[] = [];
  readonly plans = new Map<number, Readonly<Record<string, number | null>>>();
  readonly figures: { year: number; measure: string; value: number; asOf: string }[] = [];
  readonly candidates: { id: string; stages: { on: string; stage: string }[]; year: number }[] = [];
  /** Days whose report includes later entries. */
  readonly lateDays = new Set<string>();

  constructor(products: readonly string[]) {
    this.products = products;
  }

  enteredLate(own: string, today: string): void {
    for (let day = own; day < today; day = addDays(day, 1)) this.lateDays.add(day);
  }

  /** One of the products has a short name for stamps. */
  shortNameOf(product: string): string | null {
    return product === this.products[0] ? `S ${product}` : null;
  }

  lot(id: string | null): PlainLot | null {
    return this.lots.find((lot) => lot.id === id) ?? null;
  }

  batch(id: string): PlainBatch {
    const found = this.batches.find((batch) => batch.id === id);
    if (found === undefined) throw new Error(`no batch ${id}`);
    return found;
  }

  stampsOf(batch: string, from: number, to: number): PlainStamp[] {
    return this.stamps.filter((stamp) => stamp.batch === batch && stamp.serial >= from && stamp.serial <= to);
  }

  /** The product of a batch's stamps. */
  productOf(batch: PlainBatch): string | null {
    return this.lot(batch.lot)?.product ?? null;
  }

  isInForce({ issuedOn, expiresOn, extendedTo, revokedOn }: PlainPaper, day: string): boolean {
    return issuedOn <= day && day <= (extendedTo ?? expiresOn) && (revokedOn === null || day < revokedOn);
  }

  /** A product's stars on a day: of the newest certificate in force. With equal days of issue the later entry wins. */
  starsOf(product: string, day: string): number | null {
    const papers = this.papers.filter((paper) => paper.product === product && this.isInForce(paper, day));
    return papers.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1)).at(-1)?.stars ?? null;
  }

  verdictOf(stamp: PlainStamp): string {
    const lot = stamp.lot ?? this.batch(stamp.batch).lot;
    if (this.recalls.some((recall) => recall.lot === lot && !recall.withdrawn)) return 'recalled';
    if (stamp.void !== null) return 'void';
    return stamp.lot === null ? 'not-activated' : 'valid';
  }

  /** Whether a stamp was looked up since; null: perhaps. */
  isSeen({ views }: PlainStamp, since: string): boolean | null {
    const later = views.filter(({ at }) => at > since);
    return later.some(({ isSure }) => isSure) ? true : later.length > 0 ? null : false;
  }

  /** Whether a buyer could have read a step of a lot; null: perhaps. */
  isEventSeen(lot: PlainLot, event: PlainEvent): boolean | null {
    if (!event.public || event.isCopied) return false;
    if (event.isCorrected) return true;
    const seen = this.stamps
      .filter((stamp) => stamp.lot === lot.id)
      .map((stamp) => this.isSeen(stamp, event.recordedAt));
    return seen.includes(true) ? true : seen.includes(null) ? null : false;
  }

  /** The steps that a stamp's page shows. */
  stepsOf(stamp: PlainStamp): string[] {
    const events = stamp.void === null ? (this.lot(stamp.lot)?.events ?? []) : [];
    return events.flatMap((event) => (event.public && !event.isCopied ? [event.step] : [])).toSorted();
  }

  /** The row of a measure: plan, published figure, result and share. */
  private row(year: number, end: string, measure: string, counted: number): unknown[] {
    const planned = this.plans.get(year)?.[measure] ?? null;
    const published = this.figures
      .filter((one) => one.year === year && one.measure === measure && one.asOf <= end)
      .toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1))
      .at(-1);
    const result = published?.value ?? counted;
    const share = planned === null || planned === 0 ? null : Math.round((result * 100) / planned);
    const percent = share === 100 && planned !== null && result < planned ? 99 : share;
    return [planned, published?.value ?? null, result, percent];
  }

  report(year: number, today: string): Record<string, unknown> {
    const end = today < `${year}-12-31` ? today : `${year}-12-31`;
    const inYear = (day: string): boolean => day >= `${year}-01-01` && day <= end;
    const stars = this.products.map((product) => this.starsOf(product, end)).filter((one) => one !== null);
    const packaging = this.supports.filter(({ givenOn, struck }) => inYear(givenOn) && !struck);
    const stages = this.candidates
      .filter((one) => one.year === year)
      .map((one) => one.stages.filter(({ on }) => on <= end).at(-1)?.stage);
    const given = packaging.reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      rows: [this.row(year, end, 'products-rated', stars.length), this.row(year, end, 'packaging-given', given)],
      rated: stars.length,
      byStars: [3, 4, 5].map((count) => stars.filter((one) => one === count).length),
      councils: new Set(this.councils.filter(({ heldOn }) => inYear(heldOn)).map(({ product }) => product)).size,
      stamps: this.batches.filter(({ issuedOn }) => inYear(issuedOn)).reduce((sum, { quantity }) => sum + quantity, 0),
      packaging: given,
      stages: ['idea', 'file', 'council'].map((stage) => stages.filter((one) => one === stage).length),
    };
  }

  /** The lots in a year's ledger, by id. */
  ledgerLots(year: number): Record<string, unknown>[] {
    const ofYear = (day: string): boolean => day.startsWith(String(year));
    const standsFor = (lot: PlainLot): PlainStamp[] =>
      this.stamps.filter(
        (one) => (this.batch(one.batch).kind === 'goods' ? this.batch(one.batch).lot : one.lot) === lot.id,
      );
    return this.lots
      .filter((lot) => ofYear(lot.madeOn) || standsFor(lot).some(({ batch }) => ofYear(this.batch(batch).issuedOn)))
      .map((lot) => {
        const stamps = standsFor(lot);
        const live = stamps.filter((one) => one.lot === lot.id && one.void === null).length;
        return {
          lot: lot.id,
          product: lot.product,
          given: stamps.length,
          printed: stamps.filter(({ printed }) => printed).length,
          activated: stamps.filter((one) => one.lot === lot.id).length,
          voided: stamps.filter((one) => one.void !== null).length,
          ofOtherYears: stamps.filter(({ batch }) => !ofYear(this.batch(batch).issuedOn)).length,
          tooMany: lot.declared !== null && live > lot.declared,
        };
      })
      .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
  }

  /** Stamps of goods that count against a product's yearly allowance. */
  allowanceUsed(product: string, year: number): number {
    return this.stamps.filter((one) => {
      const batch = this.batch(one.batch);
      return (
        batch.kind === 'goods' &&
        batch.issuedOn.startsWith(String(year)) &&
        this.productOf(batch) === product &&
        one.void !== 'spoiled'
      );
    }).length;
  }
}
