// Reads what the product says where people and programs read it: paper, the stamp's page, the ledger, the report, the
// home pages and the API. A test replaces one of these by one with a known fault, to see that it is found.

import { readBatch } from '../../server/actions/batches/read.ts';
import { readLedger } from '../../server/actions/batches/read-ledger.ts';
import { keysOf } from '../../server/actions/batches/sealed-batch.ts';
import {
  officeToday,
  producerToday,
  type OfficeToday,
  type ProducerToday,
} from '../../server/actions/home/read-today.ts';
import { contentOf } from '../../server/actions/print/run-drawing.ts';
import { readReport, type ProgrammeReport } from '../../server/actions/programme/read-report.ts';
import type { Actor } from '../../server/domain/people/account.ts';
import type { Batch } from '../../server/domain/batches/batch.ts';
import type { Ledger } from '../../server/domain/batches/ledger.ts';
import type { Result } from '../../server/domain/problem.ts';
import type { TestApi } from '../fixtures/api.ts';

export interface Seen {
  verdict: string;
  product: string | null;
  stars: number | null;
  steps: string[];
}

export interface Readers {
  paper: (batch: Batch, today: string) => Promise<{ productName: string | null; stars: number | null }>;
  page: (batch: Batch, serial: number) => Promise<Seen>;
  printed: (batch: Batch) => Promise<number>;
  ledger: (producerId: string, year: number) => Promise<Ledger>;
  report: (year: number, on: string) => Promise<ProgrammeReport>;
  home: () => Promise<OfficeToday>;
  producerHome: () => Promise<ProducerToday>;
  batch: (id: string) => Promise<{ productId: string | null }>;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.detail}`);
  return result.value;
}

export function realReaders(api: TestApi, office: Actor, producer: Actor): Readers {
  const { ctx } = api;
  return {
    paper: (batch, today) => contentOf(ctx, batch, '{}', today),
    page: async (batch, serial) => {
      const code = keysOf(ctx, batch).codeOf(serial);
      const response = await fetch(`${api.address}/t/${code}`, { headers: { Accept: 'application/json' } });
      const body = (await response.json()) as {
        verdict: string;
        product: { name: string } | null;
        rating: { stars: number; state: string } | null;
        journey: { step: string }[];
      };
      const isHeld = body.rating !== null && ['valid', 'extended'].includes(body.rating.state);
      return {
        verdict: body.verdict,
        product: body.product?.name ?? null,
        stars: isHeld ? (body.rating?.stars ?? 0) : null,
        steps: body.journey.map(({ step }) => step).toSorted(),
      };
    },
    printed: async ({ printed }) => printed.reduce((sum, { from, to }) => sum + to - from + 1, 0),
    ledger: async (producerId, year) => valueOf(await readLedger(office, { producerId, query: { year } }, ctx)),
    report: async (year, on) => valueOf(await readReport(office, { year, on }, ctx)),
    home: async () => valueOf(await officeToday(office, {}, ctx)),
    producerHome: async () => valueOf(await producerToday(producer, ctx)),
    batch: async (id) => valueOf(await readBatch(office, id, ctx)),
  };
}
