// The office of a generated year: its people, the day, the random numbers, and the plain model to compare with.

import { setAllowance } from '../../server/actions/batches/set-allowance.ts';
import type { Done, Outcome } from '../../server/actions/kit/context.ts';
import { newEntity, saveNew } from '../../server/actions/kit/save.ts';
import type { Actor } from '../../server/domain/people/account.ts';
import type { TestApi } from '../fixtures/api.ts';
import { anOffice, aProducer, aProduct } from '../fixtures/records/registry.ts';
import { OfficeComparison, YEARS } from './office-comparison.ts';
import { PlainOffice } from './plain-office.ts';
import { realReaders, valueOf, type Readers } from './readers.ts';

/** A small fixed generator (Numerical Recipes' LCG), so that a failure can be repeated by its seed. */
export type Dice = (below: number) => number;
function diceOf(seed: number): Dice {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface YearOptions {
  /** Replacements for some of the readers, each with a known fault. */
  doubles?: (readers: Readers, api: TestApi) => Partial<Readers>;
  /** Called with what happened, so that a year in which nothing happens does not pass. */
  tell?: (what: string) => void;
}

/** What all steps of a year share. */
export class OfficeState {
  today = '2026-11-20';
  protected readonly api: TestApi;
  protected readonly seed: number;
  protected readonly roll: Dice;
  protected readonly model: PlainOffice;
  protected readonly office: Actor;
  protected readonly officeId: string;
  protected readonly producerId: string;
  protected readonly comparison: OfficeComparison;
  protected readonly tell: (what: string) => void;
  protected readonly supports: string[] = [];
  private numbers = 0;
  protected minutes = 0;

  constructor(api: TestApi, seed: number, { doubles, tell = () => undefined }: YearOptions) {
    this.tell = tell;
    this.api = api;
    this.seed = seed;
    this.roll = diceOf(seed);
    const run = (api as { modelRuns?: number }).modelRuns ?? 0;
    (api as { modelRuns?: number }).modelRuns = run + 1;
    this.officeId = `o${seed}-${run}`;
    this.producerId = `p${seed}-${run}`;
    this.office = { kind: 'person', id: 'key-officeA', role: 'office', officeId: this.officeId, producerId: null };
    const producer: Actor = { ...this.office, id: 'key-producerA1', role: 'producer', producerId: this.producerId };
    this.model = new PlainOffice(['a', 'b', 'c'].map((one) => `${one}${seed}-${run}`));
    const real = realReaders(api, this.office, producer);
    const readers = { ...real, ...doubles?.(real, api) };
    const { model, producerId } = this;
    this.comparison = new OfficeComparison({ api, model, readers, producerId, pick: (list) => this.pick(list) });
  }

  async open(): Promise<void> {
    this.setClock();
    const { officeId, producerId } = this;
    const admin = this.api.actor('admin');
    const save = async (collection: 'offices' | 'producers' | 'products', doc: object): Promise<void> => {
      const head = newEntity(this.api.ctx, (doc as { id: string }).id);
      await saveNew(this.api.ctx, admin, {
        collection,
        doc: { ...doc, ...head } as never,
        action: 'test',
        answer: null,
      });
    };
    await save('offices', anOffice({ id: officeId, name: officeId }));
    await save('producers', aProducer({ id: producerId, officeId }));
    for (const id of this.model.products)
      await save(
        'products',
        aProduct({ id, officeId, producerId, name: `SP ${id}`, shortName: this.model.shortNameOf(id) }),
      );
    const allowance = { stamps: 100_000, expectedOutput: 100_000 };
    for (const productId of this.model.products)
      for (const year of YEARS)
        doneOf(await setAllowance(this.office, { productId, year, version: 0, allowance }, this.api.ctx));
  }

  protected setClock(): void {
    this.minutes += 1;
    const minute = String(this.minutes % 60).padStart(2, '0');
    this.api.setNow(`${this.today}T05:${minute}:00.000Z`);
  }

  protected pick<T>(list: readonly T[]): T | null {
    return list[this.roll(Math.max(1, list.length))] ?? null;
  }

  protected number(): string {
    this.numbers += 1;
    return `S${this.seed}-${this.numbers}`;
  }
}

export function doneOf<T>(outcome: Outcome<T>): T {
  const value = valueOf(outcome);
  if (value.kind !== 'done') throw new Error('the office need not ask');
  return (value as Done<T>).value;
}
