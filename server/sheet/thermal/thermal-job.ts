// Labels for a thermal printer: the same job as a sheet's, for a head with one pitch of dots, in the printer's own
// language.

import { MM_PER_INCH } from '../setting/layout.ts';
import type { SheetJob } from '../threads/sheet-job.ts';
import { MODULE_MIN_MM } from '../template/template-limits.ts';
import type { Template } from '../template/template-schema.ts';

export const THERMAL_DPI = [203, 300] as const;
export type ThermalDpi = (typeof THERMAL_DPI)[number];
export const THERMAL_LANGUAGES = ['zpl', 'tspl'] as const;
export type ThermalLanguage = (typeof THERMAL_LANGUAGES)[number];

export interface ThermalJob extends SheetJob {
  /** The template adapted to the head's dots. */
  thermal: { language: ThermalLanguage; dpi: ThermalDpi };
}

export function isThermal(job: SheetJob | ThermalJob): job is ThermalJob {
  return 'thermal' in job;
}

/**
 * A roll's template for a head of this resolution: each module is as many whole dots as its box holds, at least 4 at
 * 203 dpi and 5 at 300. A version whose module would be too small is left out, and so is a screen, whose lines are
 * finer than a head's dots. Null: it is not a roll.
 */
export function templateAtDpi(template: Template, dpi: ThermalDpi): Template | null {
  if (template.medium.kind !== 'thermal') return null;
  const dotMm = MM_PER_INCH / dpi;
  const leastDots = Math.ceil(MODULE_MIN_MM / dotMm);
  const modulesMm: Template['symbol']['modulesMm'] = {};
  for (const [version, moduleMm] of Object.entries(template.symbol.modulesMm)) {
    // A template gives modules to a ten-thousandth; within that distance, a whole number is meant.
    const dots = Math.floor(moduleMm / dotMm + 0.01);
    if (dots >= leastDots) modulesMm[version as keyof typeof modulesMm] = dots * dotMm;
  }
  const columns = template.columns
    .map((column) => ({ ...column, items: column.items.filter((item) => item.kind !== 'screen') }))
    .filter((column) => column.items.length > 0);
  return { ...template, medium: { kind: 'thermal', dpi }, symbol: { ...template.symbol, modulesMm }, columns };
}
