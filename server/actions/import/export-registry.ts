// Exports the registry as files that can be imported again: the same columns, with Vietnamese heads and values, and our
// ids as references. Importing an export changes nothing.

import type { Actor } from '../../domain/people/account.ts';
import type { Certificate } from '../../domain/registry/certificate.ts';
import type { Entity } from '../../domain/entity.ts';
import type { Evaluation } from '../../domain/registry/evaluation.ts';
import { ok, type Result } from '../../domain/problem.ts';
import type { Producer } from '../../domain/registry/producer.ts';
import { wholeProduct, type Product } from '../../domain/registry/product.ts';
import type { RegistryKind } from '../../domain/import/registry-import.ts';
import type { Page } from '../../store/store.ts';
import type { ActionContext } from '../kit/context.ts';
import { listInReach } from '../kit/reach.ts';
import { TABLE_LETTERS_MAX, TABLE_ROWS_MAX } from '../uploads/upload-work.ts';
import { allergensText } from './allergens-cell.ts';
import { writtenColumns } from './registry-columns.ts';
import { decide } from '../kit/rights.ts';
import { lineOf } from '../kit/save.ts';
import { BYTE_ORDER_MARK, csvLine } from './safe-cell.ts';
import { tableSheet, writeWorkbook } from './write-workbook.ts';

export type TableFormat = 'xlsx' | 'csv';

const PAGE_SIZE = 200;
/** A workbook is cut where an import would refuse it. CSV is streamed and has no bound. */
const XLSX_MAX: WorkbookBounds = { rows: TABLE_ROWS_MAX, letters: TABLE_LETTERS_MAX };

interface WorkbookBounds {
  rows: number;
  /** Of all cells together. */
  letters: number;
}

/**
 * CSV is streamed. A workbook comes in one piece; if it was cut, an extra sheet says so. The download is recorded in
 * the audit log. Problems: not-allowed.
 */
export async function exportRegistry(
  actor: Actor,
  input: { kind: RegistryKind; format: TableFormat; most?: Partial<WorkbookBounds> },
  ctx: ActionContext,
): Promise<Result<AsyncIterable<Uint8Array | string>>> {
  const may = decide(actor, 'make-producer', null);
  if (may.kind === 'refused') return { ok: false, problem: may.problem };
  const officeId = actor.kind === 'person' ? actor.officeId : null;
  await ctx.store.audit.add(
    lineOf(ctx, actor, {
      entity: `office:${officeId ?? 'all'}`,
      action: 'export-registry',
      officeId,
      values: { kind: input.kind, format: input.format },
    }),
  );
  return ok(
    input.format === 'csv'
      ? csvOf(actor, input.kind, ctx)
      : xlsxOf(actor, input.kind, { ...XLSX_MAX, ...input.most }, ctx),
  );
}

/** An empty file with the heads; a workbook also has a sheet that explains them. */
export async function importTemplate(
  kind: RegistryKind,
  format: TableFormat,
  explain: { sheet: string; heads: readonly string[]; rowOf: (key: string) => readonly string[] },
): Promise<Uint8Array> {
  const columns = writtenColumns(kind);
  const heads = columns.map(({ vi }) => vi);
  if (format === 'csv') return Buffer.from(BYTE_ORDER_MARK + csvLine(heads));
  const help = [[...explain.heads], ...columns.map(({ key, vi }) => [vi, ...explain.rowOf(key)])];
  return writeWorkbook([
    tableSheet(SHEET_NAMES[kind], [heads], heads.map(widthOf)),
    tableSheet(explain.sheet, help, [26, 12, 90]),
  ]);
}

const SHEET_NAMES: Readonly<Record<RegistryKind, string>> = {
  producers: 'Chủ thể',
  products: 'Sản phẩm',
  evaluations: 'Đánh giá',
  certificates: 'Chứng nhận',
};

async function* csvOf(actor: Actor, kind: RegistryKind, ctx: ActionContext): AsyncGenerator<string> {
  const isFigure = (at: number): boolean => writtenColumns(kind)[at]?.isFigure === true;
  yield BYTE_ORDER_MARK + csvLine(writtenColumns(kind).map(({ vi }) => vi));
  for await (const rows of pagesOf(actor, kind, ctx)) yield rows.map((row) => csvLine(row, isFigure)).join('');
}

async function* xlsxOf(
  actor: Actor,
  kind: RegistryKind,
  most: WorkbookBounds,
  ctx: ActionContext,
): AsyncGenerator<Uint8Array> {
  const heads = writtenColumns(kind).map(({ vi }) => vi);
  const sheets = [tableSheet(SHEET_NAMES[kind], [heads], heads.map(widthOf))];
  // On an extra sheet, so that the first one can be imported as it is.
  const more = bounded(pagesOf(actor, kind, ctx), most, (rows) => sheets.push(cutSheet(rows)));
  yield await writeWorkbook(sheets, { more });
}

/** Rows up to the bounds. `onCut` is called with how many there are if there were more. */
async function* bounded(
  pages: AsyncIterable<string[][]>,
  most: WorkbookBounds,
  onCut: (rows: number) => unknown,
): AsyncGenerator<string[][]> {
  let [rows, letters] = [0, 0];
  for await (const page of pages) {
    const left = page.findIndex((row) => {
      rows += 1;
      letters += row.reduce((sum, cell) => sum + cell.length, 0);
      return rows > most.rows || letters > most.letters;
    });
    if (left >= 0) {
      yield page.slice(0, left);
      onCut(rows - 1);
      return;
    }
    yield page;
  }
}

function cutSheet(rowsMax: number): ReturnType<typeof tableSheet> {
  const count = String(rowsMax).replaceAll(/\B(?=(\d{3})+$)/g, '.');
  return tableSheet(
    'Chưa đủ',
    [
      ['Tệp này chưa đủ'],
      [`Trang đầu chỉ có ${count} dòng đầu tiên, bằng mức nhập lại được trong một lần. Để có đủ, xin tải tệp CSV.`],
      [
        `The first sheet holds the first ${count} rows only: as much as can be imported at once. The CSV file holds all.`,
      ],
    ],
    [90],
  );
}

async function* pagesOf(actor: Actor, kind: RegistryKind, ctx: ActionContext): AsyncGenerator<string[][]> {
  let after: string | null = null;
  do {
    const page: Page<Entity> = await pageOf(actor, kind, after, ctx);
    yield page.items.map((record) => rowOf(kind, record));
    after = page.next;
  } while (after !== null);
}

async function pageOf(
  actor: Actor,
  kind: RegistryKind,
  after: string | null,
  ctx: ActionContext,
): Promise<Page<Entity>> {
  const page = { limit: PAGE_SIZE, after };
  const list = {
    producers: () => listInReach(ctx.store.producers, actor, 'read-registry', {}, page),
    products: () => listInReach(ctx.store.products, actor, 'read-registry', {}, page),
    evaluations: () => listInReach(ctx.store.evaluations, actor, 'read-registry', {}, page),
    certificates: () => listInReach(ctx.store.certificates, actor, 'read-registry', {}, page),
  }[kind];
  const found = await list();
  // Anyone who may import may read everything.
  if (!found.ok) throw new TypeError(found.problem.code);
  return found.value;
}

function rowOf(kind: RegistryKind, record: Entity): string[] {
  const cells = CELLS[kind](record);
  return writtenColumns(kind).map(({ key, values }) => {
    const value = cells[key];
    const text = value === null || value === undefined ? '' : String(value);
    return values?.[text] ?? text;
  });
}

type Cells = Readonly<Record<string, string | number | null>>;

const CELLS: Readonly<Record<RegistryKind, (record: Entity) => Cells>> = {
  producers: (record) => producerCells(record as Producer),
  products: (record) => productCells(record as Product),
  evaluations: (record) => evaluationCells(record as Evaluation),
  certificates: (record) => certificateCells(record as Certificate),
};

function producerCells({
  id,
  name,
  kind,
  address,
  addressToday,
  taxCode,
  phone,
  email,
  website,
  gln,
  representative,
  story,
  storyEn,
}: Producer): Cells {
  return {
    ref: id,
    name,
    kind,
    ...address,
    commune_today: addressToday?.commune ?? null,
    province_today: addressToday?.province ?? null,
    detail_today: addressToday?.detail ?? null,
    tax_code: taxCode,
    phone,
    email,
    website,
    gln,
    representative,
    story,
    story_en: storyEn ?? null,
  };
}

function productCells(product: Product): Cells {
  const {
    id,
    producerId,
    name,
    shortName,
    group,
    productSet,
    brand,
    unit,
    gtin,
    shelfLifeDays,
    ingredients,
    storage,
    standards,
    warnings,
    description,
    nameEn,
    unitEn,
    ingredientsEn,
    allergens,
    storageEn,
    usage,
    usageEn,
    warningsEn,
    descriptionEn,
  } = wholeProduct(product);
  return {
    ref: id,
    producer: producerId,
    name,
    short_name: shortName,
    name_en: nameEn,
    group,
    product_set: productSet,
    brand,
    unit,
    unit_en: unitEn,
    gtin,
    shelf_life_days: shelfLifeDays,
    ingredients,
    ingredients_en: ingredientsEn,
    allergens: allergensText(allergens),
    storage,
    storage_en: storageEn,
    usage,
    usage_en: usageEn,
    standards,
    warnings,
    warnings_en: warningsEn,
    description,
    description_en: descriptionEn,
  };
}

function evaluationCells({
  productId,
  round,
  heldOn,
  scoreHundredths,
  minimumStars,
  stars,
  decision,
}: Evaluation): Cells {
  return {
    product: productId,
    round,
    held_on: heldOn,
    // With a comma, as Vietnamese spreadsheets read and write numbers: they would take 76.80 for text, or for 7680.
    score: (scoreHundredths / 100).toFixed(2).replace('.', ','),
    minimum_stars: minimumStars,
    stars,
    decision,
  };
}

function certificateCells({
  productId,
  producerId,
  scheme,
  number,
  issuer,
  issuedOn,
  stars,
  expiresOn,
  extension,
  revocation,
}: Certificate): Cells {
  return {
    product: productId,
    producer: productId === null ? producerId : null,
    scheme,
    number,
    issuer,
    issued_on: issuedOn,
    stars,
    expires_on: expiresOn,
    extended_to: extension?.to ?? null,
    evidence: extension?.evidence ?? null,
    revoked_on: revocation?.on ?? null,
    reason: revocation?.reason ?? null,
  };
}

function widthOf(head: string): number {
  return Math.max(14, head.length + 4);
}
