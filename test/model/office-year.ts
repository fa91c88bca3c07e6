// Plays a generated year of an office, past New Year: real actions on the embedded store, and the same on the plain
// model. After each step it compares what people and programs read with the model. A seed identifies a year.

import { activateStamps, activateStampsInput } from '../../server/actions/batches/activate-stamps.ts';
import { issueBatch, issueBatchInput } from '../../server/actions/batches/issue-batch.ts';
import { voidStamps, voidStampsInput } from '../../server/actions/batches/void-stamps.ts';
import { changeLot, changeLotInput } from '../../server/actions/lots/change-lot.ts';
import { makeLot, makeLotInput } from '../../server/actions/lots/make-lot.ts';
import {
  beginPrintJob,
  failPrintJob,
  finishPart,
  finishPrintJob,
} from '../../server/actions/print/advance-print-job.ts';
import { cancelPrintJob } from '../../server/actions/print/cancel-print-job.ts';
import { makePrintJob, makePrintJobInput } from '../../server/actions/print/make-print-job.ts';
import { candidateInput, changeCandidate, makeCandidate } from '../../server/actions/programme/keep-candidate.ts';
import { recordSupport, recordSupportInput, strikeSupport } from '../../server/actions/programme/record-support.ts';
import { makeRecall, makeRecallInput } from '../../server/actions/recalls/make-recall.ts';
import { withdrawRecall } from '../../server/actions/recalls/withdraw-recall.ts';
import { changeCertificate, changeCertificateInput } from '../../server/actions/registry/change-certificate.ts';
import { makeCertificate, makeCertificateInput } from '../../server/actions/registry/make-certificate.ts';
import { makeEvaluation, makeEvaluationInput } from '../../server/actions/registry/make-evaluation.ts';
import { addDays } from '../../server/domain/calendar.ts';
import type { TestApi } from '../fixtures/api.ts';
import { YEARS } from './office-comparison.ts';
import { OfficeBooks } from './office-books.ts';
import { doneOf, type YearOptions } from './office-state.ts';

const STEPS = 50;

/** The differences between the product and the model, each with its step; empty: they agree. Stops at the first. */
export async function playYear(api: TestApi, seed: number, options: YearOptions = {}): Promise<string[]> {
  const year = new OfficeYear(api, seed, options);
  await year.open();
  for (let step = 0; step < STEPS; step += 1) {
    const did = await year.step();
    const found = await year.differences();
    if (found.length > 0) return found.map((one) => `seed ${seed}, step ${step} (${did}), ${year.today}: ${one}`);
  }
  return [];
}

/** How a print job may end. */
const PRINT_ENDS = ['cancelled', 'failed', 'done'] as const;

class OfficeYear extends OfficeBooks {
  /** One event; often a day passes first. */
  async step(): Promise<string> {
    if (this.roll(2) === 0) this.today = addDays(this.today, 1 + this.roll(5));
    this.setClock();
    const works: [string, () => Promise<unknown>][] = [
      ['issue', () => this.issue()],
      ['issue', () => this.issue()],
      ['roll', () => this.issueRoll()],
      ['activate', () => this.activate()],
      ['activate', () => this.activate()],
      ['take back', () => this.takeBack()],
      ['journey', () => this.journey()],
      ['journey', () => this.journey()],
      ['journey', () => this.journey()],
      ['plan', () => this.plan()],
      ['figure', () => this.figure()],
      ['void', () => this.voidSome()],
      ['print', () => this.print()],
      ['print', () => this.print()],
      ['move lot', () => this.moveLot()],
      ['move lot', () => this.moveLot()],
      ['certify', () => this.certify()],
      ['certify', () => this.certify()],
      ['change certificate', () => this.changePaper()],
      ['council', () => this.council()],
      ['recall', () => this.recall()],
      ['support', () => this.support()],
      ['candidate', () => this.candidate()],
    ];
    const [name, work] = works[this.roll(works.length)] ?? ['nothing', async () => undefined];
    await work();
    return name;
  }

  /** Today's differences from the model. */
  differences(): Promise<string[]> {
    return this.comparison.differences(this.today);
  }

  private async issue(): Promise<void> {
    let lot = this.roll(2) === 0 ? this.pick(this.model.lots) : null;
    if (lot === null) {
      const product = this.pick(this.model.products) ?? '';
      const declared = [null, 10, 40][this.roll(3)] ?? null;
      const input = makeLotInput.parse({ productId: product, number: this.number(), declaredQuantity: declared });
      const { id } = doneOf(await makeLot(this.office, input, this.api.ctx));
      lot = { id, product, madeOn: this.today, declared, events: [] };
      this.model.lots.push(lot);
    }
    const [quantity, active] = [1 + this.roll(30), this.roll(3) > 0];
    const input = issueBatchInput.parse({ lotId: lot.id, quantity, active, acknowledge: ['recalled'] });
    const { id } = doneOf(await issueBatch(this.office, input, this.api.ctx));
    this.model.batches.push({ id, kind: 'goods', lot: lot.id, quantity, issuedOn: this.today });
    this.addStamps(id, quantity, active ? lot.id : null);
  }

  private async issueRoll(): Promise<void> {
    const quantity = 10 + this.roll(60);
    const input = issueBatchInput.parse({ producerId: this.producerId, quantity });
    const { id } = doneOf(await issueBatch(this.office, input, this.api.ctx));
    this.model.batches.push({ id, kind: 'blank', lot: null, quantity, issuedOn: this.today });
    this.addStamps(id, quantity, null);
  }

  private addStamps(batch: string, quantity: number, lot: string | null): void {
    for (let serial = 1; serial <= quantity; serial += 1)
      this.model.stamps.push({
        batch,
        serial,
        lot,
        void: null,
        printed: false,
        activeAt: lot === null ? null : this.now(),
        views: [],
      });
  }

  private async activate(): Promise<void> {
    const range = this.someRange();
    const lot =
      range === null ? null : (this.model.lot(this.model.batch(range.batch).lot) ?? this.pick(this.model.lots));
    if (range === null || lot === null) return;
    const clash = range.stamps.some((one) => one.lot !== null && one.lot !== lot.id);
    const activation = activateStampsInput.parse({ from: range.from, to: range.to, lotId: lot.id });
    const outcome = await activateStamps(this.office, { id: range.batch, activation }, this.api.ctx);
    if (outcome.ok === clash) throw new Error(`activation of ${range.from}-${range.to}: a clash is ${clash}`);
    if (clash) return;
    for (const stamp of range.stamps) {
      if (stamp.void !== null || stamp.lot !== null) continue;
      stamp.lot = lot.id;
      stamp.activeAt = this.now();
    }
  }

  private async voidSome(): Promise<void> {
    const range = this.someRange();
    if (range === null) return;
    const reason = ['spoiled', 'lost', 'stolen'][this.roll(3)] ?? 'lost';
    const voiding = voidStampsInput.parse({ from: range.from, to: range.to, reason });
    doneOf(await voidStamps(this.office, { id: range.batch, voiding }, this.api.ctx));
    for (const stamp of range.stamps) stamp.void ??= reason;
  }

  /** A print job: its files are made, it fails, or it is cancelled before its first file. */
  private async print(): Promise<void> {
    const range = this.someRange();
    if (range === null) return;
    const { ctx } = this.api;
    const { batch: batchId, from, to, stamps } = range;
    const input = makePrintJobInput.parse({
      batchId,
      template: 'a4-65',
      from,
      to,
      reprintReason: `x${this.minutes}`,
      acknowledge: ['recalled'],
    });
    const made = await makePrintJob(this.office, input, ctx);
    const isVoid = stamps.some((one) => one.void !== null);
    if (!made.ok) {
      if (!isVoid) throw new Error(`a print is refused: ${made.problem.code}`);
      return;
    }
    const job = doneOf(made);
    const end = this.pick(PRINT_ENDS);
    if (end === 'cancelled')
      return void doneOf(await cancelPrintJob(this.office, { id: job.id, cancel: { void: false } }, ctx));
    const begun = await beginPrintJob(ctx, job, 1);
    if (begun === null) throw new Error('nobody else makes jobs here');
    if (end === 'failed') {
      const failure = { code: 'read-back' as const, detail: 'x', serials: [], more: 0 };
      await failPrintJob(ctx, begun, failure);
      return;
    }
    const part = { part: 1, from, to, bytes: 1, sha256: '0'.repeat(64), checked: to - from + 1 };
    const finished = await finishPart(ctx, begun, part);
    if (finished !== null) await finishPrintJob(ctx, finished);
    for (const stamp of stamps) stamp.printed = true;
  }

  private async moveLot(): Promise<void> {
    const lot = this.pick(this.model.lots);
    const product = this.pick(this.model.products) ?? '';
    if (lot === null) return;
    const held = this.model.stamps.some(
      (one) => one.printed && one.void === null && this.model.batch(one.batch).lot === lot.id,
    );
    const doc = await this.api.store.lots.get(lot.id);
    const change = changeLotInput.parse({ productId: product });
    const outcome = await changeLot(this.office, { id: lot.id, version: doc?.version ?? 0, change }, this.api.ctx);
    const isRefused = held && product !== lot.product;
    if (!outcome.ok && outcome.problem.code !== 'lot-printed') throw new Error(outcome.problem.code);
    if (outcome.ok === isRefused) throw new Error(`a lot is moved: ${outcome.ok}; its paper holds it: ${held}`);
    if (outcome.ok) lot.product = product;
  }

  private async certify(): Promise<void> {
    const product = this.pick(this.model.products) ?? '';
    const issuedOn = addDays(this.today, [0, 0, 4, -9, -40][this.roll(5)] ?? 0);
    // At most one certificate of a product per day of issue: another test decides which of two counts.
    if (this.model.papers.some((paper) => paper.product === product && paper.issuedOn === issuedOn)) return;
    const expiresOn = addDays(issuedOn, [10, 60, 1_000][this.roll(3)] ?? 10);
    const stars = ([3, 4, 5] as const)[this.roll(3)] ?? 3;
    const fields = {
      scheme: 'ocop',
      productId: product,
      number: this.number(),
      issuer: 'UBND',
      issuedOn,
      expiresOn,
      stars,
    };
    const { id } = doneOf(await makeCertificate(this.office, makeCertificateInput.parse(fields), this.api.ctx));
    this.model.papers.push({ id, product, stars, issuedOn, expiresOn, extendedTo: null, revokedOn: null });
    this.model.enteredLate(issuedOn, this.today);
  }

  private async changePaper(): Promise<void> {
    const paper = this.pick(this.model.papers);
    if (paper === null) return;
    const doc = await this.api.store.certificates.get(paper.id);
    const save = async (change: object): Promise<unknown> =>
      doneOf(
        await changeCertificate(
          this.office,
          { id: paper.id, version: doc?.version ?? 0, change: changeCertificateInput.parse(change) },
          this.api.ctx,
        ),
      );
    const kind = this.roll(3);
    if (kind === 0 && paper.revokedOn === null) {
      const on = addDays(this.today, [0, 6, -3][this.roll(3)] ?? 0);
      if (on < paper.issuedOn) return;
      await save({ revokedOn: on, reason: 'x' });
      paper.revokedOn = on;
      this.model.enteredLate(on, this.today);
    } else if (kind === 1 && paper.extendedTo === null) {
      paper.extendedTo = addDays(paper.expiresOn, 30);
      await save({ extendedTo: paper.extendedTo, evidence: 'QĐ' });
    } else if (kind === 2) {
      paper.stars = ([3, 4, 5] as const)[this.roll(3)] ?? 3;
      await save({ stars: paper.stars });
    }
  }

  private async council(): Promise<void> {
    const product = this.pick(this.model.products) ?? '';
    const heldOn = addDays(this.today, -this.roll(3) * 4);
    const fields = { productId: product, round: this.number(), heldOn, score: 75, minimumStars: 5 };
    doneOf(await makeEvaluation(this.office, makeEvaluationInput.parse(fields), this.api.ctx));
    this.model.councils.push({ product, heldOn });
    this.model.enteredLate(heldOn, this.today);
  }

  private async recall(): Promise<void> {
    const standing = this.model.recalls.find(({ withdrawn }) => !withdrawn);
    if (standing !== undefined && this.roll(2) === 0) {
      doneOf(await withdrawRecall(this.office, { id: standing.id, withdrawal: { note: null } } as never, this.api.ctx));
      standing.withdrawn = true;
      return;
    }
    const lot = this.pick(this.model.lots);
    if (lot === null) return;
    const input = makeRecallInput.parse({ lotId: lot.id, reason: 'x', advice: 'y' });
    const { id } = doneOf(await makeRecall(this.office, input, this.api.ctx));
    this.model.recalls.push({ id, lot: lot.id, withdrawn: false });
  }

  private async support(): Promise<void> {
    const index =
      this.roll(3) === 0 ? this.supports.findIndex((_, at) => this.model.supports[at]?.struck === false) : -1;
    const line = this.model.supports[index];
    if (line !== undefined) {
      doneOf(await strikeSupport(this.office, { id: this.supports[index] ?? '', reason: 'x' }, this.api.ctx));
      line.struck = true;
      return;
    }
    const [quantity, givenOn] = [100 + this.roll(900), addDays(this.today, -this.roll(3) * 5)];
    const support = recordSupportInput.parse({ kind: 'packaging', quantity, givenOn });
    this.supports.push(doneOf(await recordSupport(this.office, { support }, this.api.ctx)).id);
    this.model.supports.push({ quantity, givenOn, struck: false });
    this.model.enteredLate(givenOn, this.today);
  }

  private async candidate(): Promise<void> {
    const known = this.roll(2) === 0 ? this.pick(this.model.candidates) : null;
    const stage = (['idea', 'file', 'council'] as const)[this.roll(3)] ?? 'idea';
    const year = known?.year ?? YEARS[this.roll(2)] ?? 2026;
    const candidate = candidateInput.parse({ name: 'Trà', group: 'drink', maker: 'Hộ bà Lan', stage, year });
    if (known === null) {
      const { id } = doneOf(await makeCandidate(this.office, { candidate }, this.api.ctx));
      this.model.candidates.push({ id, stages: [{ on: this.today, stage }], year });
      return;
    }
    const version = (await this.api.store.candidates.get(known.id))?.version ?? 0;
    doneOf(await changeCandidate(this.office, { id: known.id, version, candidate }, this.api.ctx));
    if (known.stages.at(-1)?.stage !== stage) known.stages.push({ on: this.today, stage });
  }
}
