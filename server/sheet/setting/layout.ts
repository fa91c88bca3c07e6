// A whole print file in millimetres: the page, every label place on it, where each symbol is, which serials are on
// which page. Pure. Every drawing draws exactly this.
//
// Symbols are placed on the raster that common resolutions share (1/150 inch on sheets, a dot of the head on rolls)
// wherever their module is a whole number of its steps. Off it, PDF viewers lose stamps at 150 dpi (PERF §1c).

import { ok, type Result } from '../../domain/problem.ts';
import { DEFAULT_SITE } from '../../domain/site.ts';
import { hostOf } from '../../domain/stamp/stamp-address.ts';
import { settable, type TypeMeasure } from './fonts.ts';
import type { LabelLayout, TextRun } from './label.ts';
import { DOT_MM } from './screen.ts';
import { setLabel } from './set-label.ts';
import {
  OFFSET_MAX_MM,
  SCALE_MAX,
  SCALE_MIN,
  type PrinterSetting,
  type SheetMark,
  type SheetPlan,
} from '../threads/sheet-job.ts';
import type { Template } from '../template/template-schema.ts';

export const MM_PER_INCH = 25.4;
/** Coarsest first: what a module can share with 150, 300 and 600 dpi. */
const SHEET_RASTERS_DPI = [150, 300, 600];
/** A template gives modules with a few digits; within this distance, a whole number of steps is meant. */
const WHOLE_STEPS_MM = 0.0006;

export interface Place {
  /** Top left of the label. */
  xMm: number;
  yMm: number;
  /** Top left of the symbol's dark corner, without its quiet zone. */
  symbolXMm: number;
  symbolYMm: number;
}

export interface SheetPage {
  /** From 0. */
  index: number;
  /** Serials, both printed. */
  from: number;
  to: number;
  /** Index of the first stamp's place. */
  firstPlace: number;
}

export interface SheetLayout {
  page: { widthMm: number; heightMm: number };
  /** Row by row. */
  places: Place[];
  label: LabelLayout;
  printer: PrinterSetting;
  pages: number;
  pageAt(index: number): SheetPage;
  /** The line in the margin; null if the stock has no room for it. */
  headOf(page: SheetPage): TextRun | null;
}

/**
 * Sets a job. Problems as setLabel.
 * @throws RangeError for serials, skip or printer settings out of range: callers check them where they come in
 */
export function layoutSheet(measure: TypeMeasure, job: SheetPlan): Result<SheetLayout> {
  const { template, printer, from, to, skip } = job;
  const perPage = template.grid.columns * template.grid.rows;
  assertRange('from', from, 1, to);
  assertRange('skip', skip, 0, perPage - 1);
  assertPrinter(printer);
  const set = setLabel(
    measure,
    template,
    { ...job.content, host: hostOf(job.address.origin), batchId: job.batchId, serialMax: to, mark: markOf(job) },
    job.symbol.version,
  );
  if (!set.ok) return set;

  const raster = rasterOf(template, set.value.symbol.moduleMm);
  const label =
    raster === null ? set.value : { ...set.value, symbol: { ...set.value.symbol, moduleMm: raster.moduleMm } };
  const pages = Math.ceil((skip + to - from + 1) / perPage);
  const pageStepMm =
    MM_PER_INCH / (template.medium.kind === 'thermal' ? template.medium.dpi : (SHEET_RASTERS_DPI[0] ?? 1));
  const layout: SheetLayout = {
    page: {
      widthMm: nearest(template.page.widthMm, pageStepMm),
      heightMm: nearest(template.page.heightMm, pageStepMm),
    },
    places: placesOf(template, label, printer, raster?.stepMm ?? null),
    label,
    printer,
    pages,
    pageAt(index) {
      const first = from + index * perPage - skip;
      return {
        index,
        from: Math.max(from, first),
        to: Math.min(to, first + perPage - 1),
        firstPlace: index === 0 ? skip : 0,
      };
    },
    headOf: headLine(measure, job, pages),
  };
  return ok(layout);
}

/** The artwork belongs to a certificate: without stars it is not printed. */
function markOf({ mark, content }: SheetPlan): SheetMark | null {
  return mark === undefined || content.stars === null || content.stars === 0 ? null : mark;
}

/** The coarsest step of which this module is a whole multiple; null if there is none. */
function rasterOf(template: Template, moduleMm: number): { stepMm: number; moduleMm: number } | null {
  const resolutions = template.medium.kind === 'thermal' ? [template.medium.dpi] : SHEET_RASTERS_DPI;
  for (const dpi of resolutions) {
    const stepMm = MM_PER_INCH / dpi;
    const wholeMm = nearest(moduleMm, stepMm);
    if (Math.abs(wholeMm - moduleMm) <= WHOLE_STEPS_MM) return { stepMm, moduleMm: wholeMm };
  }
  return null;
}

function placesOf(template: Template, label: LabelLayout, printer: PrinterSetting, stepMm: number | null): Place[] {
  const { grid } = template;
  const isTrueSize = printer.scaleX === 1 && printer.scaleY === 1;
  // On the raster of the paper as it lies in this printer, including its offset. A scaled module is on no raster.
  const snap = (atMm: number, offsetMm: number): number =>
    stepMm === null || !isTrueSize ? atMm : nearest(atMm + offsetMm, stepMm) - offsetMm;
  const hasScreen = label.bars.some(({ element }) => element === 'screen');
  return Array.from({ length: grid.columns * grid.rows }, (_, place) => {
    const trueXMm = grid.leftMm + (place % grid.columns) * grid.pitchXMm;
    // A screen's lines are one dot wide; off the dots they would be two. This moves a label by at most a fiftieth of a
    // millimetre.
    const xMm = hasScreen && isTrueSize ? nearest(trueXMm + printer.offsetXMm, DOT_MM) - printer.offsetXMm : trueXMm;
    const yMm = grid.topMm + Math.floor(place / grid.columns) * grid.pitchYMm;
    return {
      xMm,
      yMm,
      symbolXMm: snap(xMm + label.symbol.xMm, printer.offsetXMm),
      symbolYMm: snap(yMm + label.symbol.yMm, printer.offsetYMm),
    };
  });
}

function nearest(valueMm: number, stepMm: number): number {
  return Math.round(valueMm / stepMm) * stepMm;
}

/** Centred in its box, smaller if it is long, and without the product's name if that is not enough. */
function headLine(measure: TypeMeasure, job: SheetPlan, pages: number): SheetLayout['headOf'] {
  const { head } = job.template;
  if (head === null) return () => null;
  const weight = 500;
  const count = job.to - job.from + 1;
  const named = job.content.productName === null ? [] : [settable(job.content.productName)];
  const wordsOf = (names: readonly string[], from: number, to: number, sheet: number): string =>
    [
      settable(job.content.maker ?? DEFAULT_SITE.name),
      `đợt tem ${job.batchId}`,
      ...names,
      `tem ${from}–${to} trong ${count}`,
      `mẫu ${job.template.id}`,
      `tờ ${sheet}/${pages}`,
    ].join(' · ');
  const widthEm = (names: readonly string[]): number =>
    measure.looseWidthEm(weight, wordsOf(names, job.to, job.to, pages));
  const names = widthEm(named) * head.leastMm <= head.box.widthMm ? named : [];
  const sizeMm = Math.min(head.sizeMm, head.box.widthMm / widthEm(names));
  const baselineMm = head.box.yMm + head.box.heightMm / 2 + sizeMm * 0.35;

  return (page) => {
    const text = wordsOf(names, page.from, page.to, page.index + 1);
    const xMm = head.box.xMm + (head.box.widthMm - measure.looseWidthEm(weight, text) * sizeMm) / 2;
    return { element: 'head', text, weight, sizeMm, xMm, baselineMm, isKerned: false };
  };
}

function assertRange(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(`${name} ${value} is not within ${least}..${most}`);
}

function assertPrinter(printer: PrinterSetting): void {
  const isSound =
    Math.abs(printer.offsetXMm) <= OFFSET_MAX_MM &&
    Math.abs(printer.offsetYMm) <= OFFSET_MAX_MM &&
    [printer.scaleX, printer.scaleY].every((scale) => scale >= SCALE_MIN && scale <= SCALE_MAX);
  if (!isSound)
    throw new RangeError(
      `a printer's offsets are within ${OFFSET_MAX_MM} mm, its scales within ${SCALE_MIN}..${SCALE_MAX}`,
    );
}
