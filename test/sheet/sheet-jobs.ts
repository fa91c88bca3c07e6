// Jobs for the sheet tests: the stamp of the reference design, with the changes that a test wants.

import { readFileSync } from 'node:fs';

import { parse } from 'csv-parse/sync';

import { readMark } from '../../server/actions/uploads/picture.ts';
import { openBatchKeys, type BatchKeys } from '../../server/domain/stamp/stamp-keys.ts';
import { beVietnamPro } from '../../server/sheet/setting/fonts.ts';
import { layoutSheet, type SheetLayout } from '../../server/sheet/setting/layout.ts';
import { TRUE_PRINTER, type SheetJob, type SheetMark } from '../../server/sheet/threads/sheet-job.ts';
import { loadTemplates } from '../../server/sheet/template/template-loader.ts';
import type { Template } from '../../server/sheet/template/template-schema.ts';

export const TEMPLATES_FOLDER = new URL('../../label-templates/', import.meta.url).pathname;
export const BATCH_ID = '7K3M9Q';
export const SHORT = { carrier: 'short', origin: 'https://temtrace.vn', digitalLink: null } as const;
export const LINK = {
  carrier: 'digital-link',
  origin: 'https://temtrace.vn',
  digitalLink: { gtin: '09520000000011', lot: 'CMT-2611-01' },
} as const;
export const ORANGES = { productName: 'Cam lòng vàng Mường Thàng', producerName: 'HTX Cam Mường Thàng', stars: 4 };

const secret = Uint8Array.from({ length: 32 }, (_, at) => at);
export const keys: BatchKeys = openBatchKeys(secret, BATCH_ID);

const { templates } = loadTemplates(TEMPLATES_FOLDER);

/** All templates that print stamps. */
export const TEMPLATE_IDS: readonly string[] = [...templates.keys()];

export function templateOf(id: string): Template {
  const found = templates.get(id);
  if (found === undefined) throw new Error(`no template ${id}`);
  return found.template;
}

export function aJob(changes: Partial<SheetJob> = {}): SheetJob {
  return {
    template: templateOf('a4-65'),
    batchId: BATCH_ID,
    keys: keys.exportKeys(),
    address: SHORT,
    symbol: { version: 3, level: 'M', mask: 2 },
    from: 1,
    to: 65,
    skip: 0,
    printer: TRUE_PRINTER,
    content: ORANGES,
    printedAt: '2026-11-24T03:15:00.000Z',
    ...changes,
  };
}

/** The layout of a job that fits its template. */
export function setSheet(changes: Partial<SheetJob> = {}): SheetLayout {
  const set = layoutSheet(beVietnamPro, aJob(changes));
  if (!set.ok) throw new Error(set.problem.detail);
  return set.value;
}

export interface SampleNames {
  productName: string;
  producerName: string;
}

/** Every product of the sample registry by its reference, with its producer. */
export function sampleNames(): Map<string, SampleNames> {
  const rows = (file: string): Record<string, string>[] =>
    parse(readFileSync(new URL(`../../scripts/sample-registry/${file}`, import.meta.url)), { columns: true });
  const producers = new Map(rows('producers.csv').map((row) => [row['ref'], row['name'] ?? '']));
  return new Map(
    rows('products.csv').map((row) => [
      row['ref'] ?? '',
      { productName: row['name'] ?? '', producerName: producers.get(row['producer']) ?? '' },
    ]),
  );
}

/** An office's artwork, decoded here; the service decodes it in a child process. */
export async function markIn(bytes: Uint8Array): Promise<SheetMark> {
  const read = await readMark(bytes);
  if (read.kind !== 'mark') throw new Error('the artwork is broken');
  return read.mark;
}
