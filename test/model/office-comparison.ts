// Compares what people and programs read about an office with the plain model: a stamp's paper and page, the ledger,
// today's report and a past day's, the home pages.

import type { ProgrammeReport } from '../../server/actions/programme/read-report.ts';
import type { TestApi } from '../fixtures/api.ts';
import type { PlainOffice, PlainStamp } from './plain-office.ts';
import type { Readers } from './readers.ts';

export const YEARS = [2026, 2027] as const;

const LOOK_AFTER_MS = 20_000;
const REPEAT_MS_MAX = 11 * 60_000;

type Same = (where: string, told: unknown, meant: unknown) => void;

export class OfficeComparison {
  private readonly api: TestApi;
  private readonly model: PlainOffice;
  private readonly readers: Readers;
  private readonly producerId: string;
  private readonly pick: <T>(list: readonly T[]) => T | null;
  private readonly told = new Map<string, string>();

  constructor(parts: {
    api: TestApi;
    model: PlainOffice;
    readers: Readers;
    producerId: string;
    pick: <T>(list: readonly T[]) => T | null;
  }) {
    this.api = parts.api;
    this.model = parts.model;
    this.readers = parts.readers;
    this.producerId = parts.producerId;
    this.pick = parts.pick;
  }

  /** The differences from the model. */
  async differences(today: string): Promise<string[]> {
    const found: string[] = [];
    const same: Same = (where, told, meant) => {
      const [a, b] = [JSON.stringify(told), JSON.stringify(meant)];
      if (a !== b) found.push(`${where} says ${a}, the model ${b}`);
    };
    await this.compareStamp(same, today);
    await this.compareLedgers(same);
    await this.compareReports(same, today);
    const home = await this.readers.home();
    same(
      'home',
      [home.kept.batches, home.kept.stamps, home.recalls],
      [
        this.model.batches.length,
        this.model.stamps.length,
        this.model.recalls.filter(({ withdrawn }) => !withdrawn).length,
      ],
    );
    const { selling } = await this.readers.producerHome();
    if (selling !== null) {
      const line = YEARS.flatMap((year) => this.model.ledgerLots(year)).find(({ lot }) => lot === selling.lot.id);
      same('producer’s home', [selling.active, selling.voided], [line?.['activated'], line?.['voided']]);
    }
    return found;
  }

  private async compareStamp(same: Same, today: string): Promise<void> {
    const stamp = this.pick(this.model.stamps);
    if (stamp === null) return;
    const batch = await this.api.store.batches.get(stamp.batch);
    if (batch === null) throw new Error('no batch');
    const plain = this.model.batch(stamp.batch);
    const product = this.model.productOf(plain);
    const paper = await this.readers.paper(batch, today);
    const stars = product === null ? null : this.model.starsOf(product, today);
    same(
      'paper',
      [paper.productName, paper.stars],
      [product === null ? null : (this.model.shortNameOf(product) ?? `SP ${product}`), stars],
    );
    same('API', (await this.readers.batch(stamp.batch)).productId, product);
    const own = this.model.lot(stamp.lot ?? plain.lot)?.product ?? null;
    const active = stamp.lot !== null;
    this.look(stamp);
    same('page', await this.readers.page(batch, stamp.serial), {
      verdict: this.model.verdictOf(stamp),
      product: own === null ? null : `SP ${own}`,
      stars: active && own !== null ? this.model.starsOf(own, today) : null,
      steps: this.model.stepsOf(stamp),
    });
    same(
      'printed',
      await this.readers.printed(batch),
      this.model.stampsOf(stamp.batch, 1, plain.quantity).filter(({ printed }) => printed).length,
    );
  }

  /** Looks a stamp up after the step; a second look-up within minutes is not a new scan. */
  private look(stamp: PlainStamp): void {
    const at = new Date(this.api.ctx.now().getTime() + LOOK_AFTER_MS);
    this.api.setNow(at.toISOString());
    const isSure = stamp.views.every((one) => at.getTime() - Date.parse(one.at) > REPEAT_MS_MAX);
    stamp.views.push({ at: at.toISOString(), isSure });
  }

  private async compareLedgers(same: Same): Promise<void> {
    for (const year of YEARS) {
      const { lots, totals, products } = await this.readers.ledger(this.producerId, year);
      const told = lots
        .map(({ lotId, productId, given, printed, activated, voided, ofOtherYears, oddities }) => ({
          lot: lotId,
          product: productId,
          given,
          printed,
          activated,
          voided,
          ofOtherYears,
          tooMany: oddities.some(({ kind }) => kind === 'more-stamps-than-output'),
        }))
        .toSorted((a, b) => (a.lot < b.lot ? -1 : 1));
      same(`ledger of ${year}`, told, this.model.ledgerLots(year));
      const ofYear = this.model.stamps.filter(({ batch }) => this.model.batch(batch).issuedOn.startsWith(String(year)));
      for (const { productId, allowance } of products)
        same(`allowance of ${year}`, allowance?.used, this.model.allowanceUsed(productId, year));
      same(`totals of ${year}`, totals.given, ofYear.length);
    }
  }

  private async compareReports(same: Same, today: string): Promise<void> {
    for (const year of YEARS) {
      const report = await this.readers.report(year, today);
      same(`report of ${year}`, figuresOf(report), this.model.report(year, today));
      this.told.set(`${year} ${today}`, JSON.stringify(comparable(report)));
    }
    const past = this.pick([...this.told.keys()]);
    if (past === null) return;
    const [year = '', day = ''] = past.split(' ');
    const again = await this.readers.report(Number(year), day);
    if (!this.model.lateDays.has(day))
      same(`report of ${past}, asked again`, JSON.stringify(comparable(again)), this.told.get(past));
  }
}

function figuresOf({ counts, stages, rows }: ProgrammeReport): Record<string, unknown> {
  const rowOf = (measure: string): unknown[] => {
    const row = rows.find((one) => one.measure === measure && one.round === null);
    return [row?.planned, row?.reported?.value ?? null, row?.result, row?.percent];
  };
  return {
    rows: [rowOf('products-rated'), rowOf('packaging-given')],
    rated: counts.measures['products-rated'],
    byStars: [counts.byStars[3], counts.byStars[4], counts.byStars[5]],
    councils: counts.measures['council-products'],
    stamps: counts.stampsIssued,
    packaging: counts.measures['packaging-given'],
    stages: [stages.idea, stages.file, stages.council],
  };
}

/** A report without the records behind it. */
function comparable({ plan: _plan, nextPlan: _next, late: _late, rows, counts, ...rest }: ProgrammeReport): unknown {
  const { late: _lateBy, ...figures } = counts;
  return {
    ...rest,
    figures,
    rows: rows.map(({ measure, planned, result, counted, percent }) => ({
      measure,
      planned,
      result,
      counted,
      percent,
    })),
  };
}
