// Which templates a batch's symbol fits, and what the list of templates says of each.

import { fail, ok, type Result } from '../../domain/problem.ts';
import type { LoadedTemplate } from './template-loader.ts';
import type { Template, TestGrid } from './template-schema.ts';

/** A line of GET /templates. */
export interface TemplateSummary {
  id: string;
  name: { vi: string; en: string };
  page: { widthMm: number; heightMm: number };
  grid: Template['grid'];
  label: { widthMm: number; heightMm: number };
  /** What a batch must have to fill the label. */
  needs: ('symbol' | 'pin')[];
  /** What a person must know before the first sheet. */
  note: { vi: string; en: string } | null;
  /** Millimetres by QR version; a version that is absent does not fit. */
  largestModuleMm: Record<string, number>;
}

/** Millimetres of one module of this QR version on this label; null if the version does not fit. */
export function moduleOf(template: Template, version: number): number | null {
  const sizes: Partial<Record<string, number>> = template.symbol.modulesMm;
  return sizes[String(version)] ?? null;
}

export function fitsTemplate(template: Template, version: number): boolean {
  return moduleOf(template, version) !== null;
}

/** A page without stamps: it needs nothing from a batch. */
export function testGridSummary({ id, name, page }: TestGrid): TemplateSummary {
  const grid = { columns: 1, rows: 1, leftMm: 0, topMm: 0, pitchXMm: page.widthMm, pitchYMm: page.heightMm };
  return { id, name, page, grid, label: page, needs: [], note: null, largestModuleMm: {} };
}

export function showsPin(template: Template): boolean {
  return template.columns.some((column) => column.items.some((item) => item.kind === 'pin'));
}

/**
 * The template of this id, if a symbol of this version fits it.
 * Problems: `not-found`; `symbol-too-large` with details.fitting, the ids of those that fit.
 */
export function templateFor(
  templates: ReadonlyMap<string, LoadedTemplate>,
  id: string,
  version: number,
): Result<LoadedTemplate> {
  const found = templates.get(id);
  if (found === undefined)
    return fail('not-found', `There is no template ${id}.`, { details: { templates: [...templates.keys()] } });
  if (fitsTemplate(found.template, version)) return ok(found);
  const fitting = [...templates.values()]
    .filter(({ template }) => fitsTemplate(template, version))
    .map(({ template }) => template.id);
  const others = fitting.length === 0 ? 'no template takes it' : `these take it: ${fitting.join(', ')}`;
  return fail('symbol-too-large', `A symbol of version ${version} is too large for ${id}; ${others}.`, {
    details: { fitting, version },
  });
}

export function templateSummary(template: Template): TemplateSummary {
  const { id, name, page, grid, label } = template;
  const needs: TemplateSummary['needs'] = showsPin(template) ? ['symbol', 'pin'] : ['symbol'];
  return {
    id,
    name,
    page,
    grid,
    label,
    needs,
    note: template.note ?? null,
    largestModuleMm: { ...template.symbol.modulesMm },
  };
}
