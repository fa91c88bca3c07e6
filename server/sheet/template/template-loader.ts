// Reads label-templates/*.json once at the start. A broken file is reported with its line and left out; the others
// work. The shape is in template-schema.ts; the rules here concern several fields.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { lineOfJsonPath } from './json-lines.ts';
import { QUIET_MODULES } from './template-limits.ts';
import { templateSchema, testGridSchema, type Template, type TemplateBox, type TestGrid } from './template-schema.ts';

export interface TemplateFault {
  file: string;
  /** From 1. */
  line: number;
  message: string;
}

export interface LoadedTemplates {
  /** By id, in the order of their files' names. */
  templates: Map<string, LoadedTemplate>;
  /** Pages without stamps, by id. */
  testGrids: Map<string, TestGrid>;
  faults: TemplateFault[];
}

export interface LoadedTemplate {
  template: Template;
  /** The file's text, which a print run stores. */
  json: string;
}

export type ParsedTemplate = { ok: true; template: Template } | UnsoundTemplate;
type UnsoundTemplate = { ok: false; faults: Omit<TemplateFault, 'file'>[] };

const SCHEMA_FILE = 'template.schema.json';
/** Label sheets are designed in inches and rounded: neighbours may overlap by this much (Avery L7161: 0.04 mm). */
const GRID_TOLERANCE_MM = 0.1;
const ROUNDING_MM = 1e-6;

/** All templates of a folder. @throws when the folder cannot be read */
export function loadTemplates(folder: string): LoadedTemplates {
  const templates = new Map<string, LoadedTemplate>();
  const testGrids = new Map<string, TestGrid>();
  const faults: TemplateFault[] = [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE);
  for (const file of files.toSorted()) {
    const json = readFileSync(join(folder, file), 'utf8');
    const parsed = parseFile(json);
    if (!parsed.ok) faults.push(...parsed.faults.map((fault) => ({ file, ...fault })));
    else if (file !== `${parsed.value.id}.json`) {
      faults.push({
        file,
        line: lineOfJsonPath(json, ['id']),
        message: `id: the file of ${parsed.value.id} is ${parsed.value.id}.json`,
      });
    } else if ('testGrid' in parsed.value) testGrids.set(parsed.value.id, parsed.value);
    else templates.set(parsed.value.id, { template: parsed.value, json });
  }
  return { templates, testGrids, faults };
}

/** One template from its text, or all of its faults with their lines. */
export function parseTemplate(json: string): ParsedTemplate {
  const read = readJson(json);
  if (!read.ok) return read;
  const checked = checkTemplate(read.value);
  return checked.ok ? checked : unsound(json, checked.faults);
}

/** A template that is already data, or all of its faults with their paths. */
export function checkTemplate(
  value: unknown,
): { ok: true; template: Template } | { ok: false; faults: Contradiction[] } {
  const checked = templateSchema.safeParse(value);
  const faults = checked.success ? contradictions(checked.data) : checked.error.issues;
  return checked.success && faults.length === 0 ? { ok: true, template: checked.data } : { ok: false, faults };
}

function parseFile(json: string): { ok: true; value: Template | TestGrid } | UnsoundTemplate {
  const read = readJson(json);
  if (!read.ok) return read;
  if (typeof read.value === 'object' && read.value !== null && 'testGrid' in read.value) {
    const checked = testGridSchema.safeParse(read.value);
    return checked.success ? { ok: true, value: checked.data } : unsound(json, checked.error.issues);
  }
  const checked = checkTemplate(read.value);
  return checked.ok ? { ok: true, value: checked.template } : unsound(json, checked.faults);
}

function readJson(json: string): { ok: true; value: unknown } | UnsoundTemplate {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    return { ok: false, faults: [syntaxFault(json, error)] };
  }
}

function unsound(json: string, faults: readonly Contradiction[]): UnsoundTemplate {
  return {
    ok: false,
    faults: faults.map(({ path, message }) => ({
      line: lineOfJsonPath(json, path),
      message: `${path.join('.')}: ${message}`,
    })),
  };
}

function syntaxFault(json: string, error: unknown): { line: number; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  const before = position === undefined ? json : json.slice(0, Number(position));
  return { line: before.split('\n').length, message };
}

export interface Contradiction {
  path: PropertyKey[];
  message: string;
}

function contradictions(template: Template): Contradiction[] {
  const { page, grid, label, symbol, inkMarginMm } = template;
  const found: Contradiction[] = [];
  const claim = (holds: boolean, path: PropertyKey[], message: string): void => {
    if (!holds) found.push({ path, message });
  };

  const rightMm = grid.leftMm + (grid.columns - 1) * grid.pitchXMm + label.widthMm;
  const bottomMm = grid.topMm + (grid.rows - 1) * grid.pitchYMm + label.heightMm;
  claim(rightMm <= page.widthMm + GRID_TOLERANCE_MM, ['grid', 'columns'], 'the last column ends beyond the page');
  claim(bottomMm <= page.heightMm + GRID_TOLERANCE_MM, ['grid', 'rows'], 'the last row ends beyond the page');
  claim(
    grid.columns === 1 || grid.pitchXMm >= label.widthMm - GRID_TOLERANCE_MM,
    ['grid', 'pitchXMm'],
    'labels overlap',
  );
  claim(grid.rows === 1 || grid.pitchYMm >= label.heightMm - GRID_TOLERANCE_MM, ['grid', 'pitchYMm'], 'labels overlap');

  const whole = { xMm: 0, yMm: 0, ...label };
  claim(isInside(symbol.box, whole, 0), ['symbol', 'box'], 'the symbol and its quiet zone lie inside the label');
  for (const [version, moduleMm] of Object.entries(symbol.modulesMm)) {
    const sideMm = (17 + 4 * Number(version) + 2 * QUIET_MODULES) * moduleMm;
    const roomMm = Math.min(symbol.box.widthMm, symbol.box.heightMm);
    claim(
      sideMm <= roomMm + ROUNDING_MM,
      ['symbol', 'modulesMm', version],
      `${sideMm.toFixed(2)} mm with its quiet zone, the box has ${roomMm}`,
    );
    const quietMm = QUIET_MODULES * moduleMm;
    const dark = {
      xMm: symbol.box.xMm + (symbol.box.widthMm - sideMm) / 2 + quietMm,
      yMm: symbol.box.yMm + (symbol.box.heightMm - sideMm) / 2 + quietMm,
      widthMm: sideMm - 2 * quietMm,
      heightMm: sideMm - 2 * quietMm,
    };
    claim(isInside(dark, whole, inkMarginMm), ['symbol', 'box'], `version ${version} comes too near the cut edge`);
  }
  claim(Object.keys(symbol.modulesMm).length > 0, ['symbol', 'modulesMm'], 'no symbol version fits');

  template.columns.forEach((column, at) => {
    claim(
      isInside(column.box, whole, inkMarginMm),
      ['columns', at, 'box'],
      `closer than ${inkMarginMm} mm to the cut edge`,
    );
    claim(!overlap(column.box, symbol.box), ['columns', at, 'box'], 'reaches into the box of the symbol');
    template.columns
      .slice(0, at)
      .forEach((other) => claim(!overlap(column.box, other.box), ['columns', at, 'box'], 'overlaps another column'));
    column.items.forEach((item, index) => {
      const path = ['columns', at, 'items', index];
      if ('leastMm' in item) claim(item.leastMm <= item.sizeMm, [...path, 'leastMm'], 'above sizeMm');
      const widthMm = 'widthMm' in item ? item.widthMm : 'boxWidthMm' in item ? item.boxWidthMm : 0;
      claim(widthMm <= column.box.widthMm + ROUNDING_MM, path, 'wider than its column');
      if (item.kind === 'code')
        claim(
          (item.serialMm === undefined) === (item.serialLeastMm === undefined),
          path,
          'serialMm and serialLeastMm go together',
        );
    });
  });
  const items = template.columns.flatMap((column) => column.items);
  for (const kind of ['code', 'host', 'serial', 'pin', 'image'] as const) {
    const count = items.filter(
      (item) => item.kind === kind || (kind === 'serial' && item.kind === 'code' && item.serialMm !== undefined),
    ).length;
    const isOptional = kind === 'pin' || kind === 'image';
    claim(count === 1 || (isOptional && count === 0), ['columns'], `a label has one ${kind}, not ${count}`);
  }
  if (template.head !== null) {
    claim(isInside(template.head.box, { xMm: 0, yMm: 0, ...page }, 0), ['head', 'box'], 'lies outside the page');
    claim(template.head.box.yMm + template.head.box.heightMm <= grid.topMm, ['head', 'box'], 'reaches into the labels');
  }
  return found;
}

function isInside(inner: TemplateBox, outer: TemplateBox, marginMm: number): boolean {
  return (
    inner.xMm >= outer.xMm + marginMm - ROUNDING_MM &&
    inner.yMm >= outer.yMm + marginMm - ROUNDING_MM &&
    inner.xMm + inner.widthMm <= outer.xMm + outer.widthMm - marginMm + ROUNDING_MM &&
    inner.yMm + inner.heightMm <= outer.yMm + outer.heightMm - marginMm + ROUNDING_MM
  );
}

function overlap(a: TemplateBox, b: TemplateBox): boolean {
  const isApart =
    a.xMm + a.widthMm <= b.xMm + ROUNDING_MM ||
    b.xMm + b.widthMm <= a.xMm + ROUNDING_MM ||
    a.yMm + a.heightMm <= b.yMm + ROUNDING_MM ||
    b.yMm + b.heightMm <= a.yMm + ROUNDING_MM;
  return !isApart;
}
