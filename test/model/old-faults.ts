// Known kinds of faults, each as a replacement of the reader that would show it. The comparison must find every one.

import { countedBatch } from '../../server/actions/batches/stamps-of-lot.ts';
import { readLedger } from '../../server/actions/batches/read-ledger.ts';
import { ledgerOf } from '../../server/domain/batches/ledger.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import { ratingOf } from '../../server/domain/registry/certificate.ts';
import { stampName } from '../../server/domain/registry/stamp-name.ts';
import type { TestApi } from '../fixtures/api.ts';
import type { YearOptions } from './office-state.ts';
import type { Readers } from './readers.ts';

export interface OldFault extends YearOptions {
  name: string;
  doubles: (readers: Readers, api: TestApi) => Partial<Readers>;
}

export const OLD_FAULTS: readonly OldFault[] = [
  {
    name: 'a run without a file counts as printed',
    doubles: (_, api) => ({
      printed: async ({ id, quantity }) => {
        const { items } = await api.store.printRuns.list({ batchId: id }, { limit: 200, after: null });
        const serials = Array.from({ length: quantity }, (__, at) => at + 1);
        return serials.filter((serial) => items.some(({ from, to }) => serial >= from && serial <= to)).length;
      },
    }),
  },
  {
    name: 'a batch keeps the product that its lot had at issue',
    doubles: ({ paper, batch }, api) => {
      const atIssue = new Map<string, string | null>();
      const first = (id: string, productId: string | null): string | null => {
        if (!atIssue.has(id)) atIssue.set(id, productId);
        return atIssue.get(id) ?? null;
      };
      return {
        paper: async (doc: Batch, today) => {
          const product = await api.store.products.get(first(doc.id, doc.productId) ?? '');
          return { ...(await paper(doc, today)), productName: product === null ? null : stampName(product) };
        },
        batch: async (id) => ({ productId: first(id, (await batch(id)).productId) }),
      };
    },
  },
  {
    name: 'a certificate shows before its day of issue',
    doubles: ({ page }, api) => ({
      page: async (doc, serial) => {
        const seen = await page(doc, serial);
        if (seen.stars !== null || seen.verdict !== 'valid') return seen;
        const { items } = await api.store.certificates.list(
          { producerId: doc.producerId },
          { limit: 200, after: null },
        );
        const unissued = items.map((one) => ({ ...one, issuedOn: '2000-01-01' }));
        const today = api.ctx.now().toISOString().slice(0, 10);
        return { ...seen, stars: ratingOf(unissued, doc.productId ?? '', today)?.stars ?? null };
      },
    }),
  },
  {
    name: 'stamps of the next year count in a year’s report',
    doubles: ({ report }, api) => ({
      report: async (year, on) => {
        const told = await report(year, on);
        const facts = await api.ctx.officeFacts.of(told.officeId);
        const since = [...facts.batches.values()].filter(
          ({ issuedOn }) => issuedOn >= `${year}-01-01` && issuedOn <= on,
        );
        const stampsIssued = since.reduce((sum, { quantity }) => sum + quantity, 0);
        return { ...told, counts: { ...told.counts, stampsIssued } };
      },
    }),
  },
  {
    name: 'a past day’s report is made from what is known today',
    doubles: ({ report }, api) => ({
      report: async (year, on) => {
        const told = await report(year, on);
        const { items } = await api.store.candidates.list(
          { officeId: told.officeId, year },
          { limit: 200, after: null },
        );
        const at = (stage: string): number => items.filter((one) => one.stage === stage).length;
        return { ...told, stages: { ...told.stages, idea: at('idea'), file: at('file'), council: at('council') } };
      },
    }),
  },
  {
    name: 'the ledger misses a roll that was given in another year',
    doubles: (_, api) => ({
      ledger: async (producerId, year) => {
        const admin = api.actor('admin');
        const told = await readLedger(admin, { producerId, query: { year } }, api.ctx);
        if (!told.ok) throw new Error(told.problem.detail);
        const { items } = await api.store.batches.list({ producerId }, { limit: 200, after: null });
        const ofYear = items.filter(({ issuedAt }) => issuedAt.startsWith(String(year)));
        const lots = (await api.store.lots.list({ producerId }, { limit: 200, after: null })).items;
        const batches = await Promise.all(ofYear.map((batch) => countedBatch(api.ctx, batch)));
        const shown = lots.filter(({ id }) => told.value.lots.some(({ lotId }) => lotId === id));
        const facts = { producerId, year, products: [], allowances: [], earlierLots: [], others: [] };
        return ledgerOf({ ...facts, lots: shown, batches });
      },
    }),
  },
  {
    name: 'spoiled stamps and their replacements both count against an allowance',
    doubles: ({ ledger }, api) => ({
      ledger: async (producerId, year) => {
        const told = await ledger(producerId, year);
        const { items } = await api.store.batches.list({ producerId, kind: 'goods' }, { limit: 200, after: null });
        const ofYear = items.filter(({ issuedAt }) => issuedAt.startsWith(String(year)));
        const used = (productId: string): number =>
          ofYear.filter((one) => one.productId === productId).reduce((sum, { quantity }) => sum + quantity, 0);
        const products = told.products.map((one) => ({
          ...one,
          allowance: one.allowance === null ? null : { ...one.allowance, used: used(one.productId) },
        }));
        return { ...told, products };
      },
    }),
  },
];
