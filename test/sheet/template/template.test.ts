import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { fitsTemplate, moduleOf, templateFor, templateSummary } from '../../../server/sheet/template/template-fit.ts';
import { loadTemplates, parseTemplate } from '../../../server/sheet/template/template-loader.ts';
import { fileSchema, type Template } from '../../../server/sheet/template/template-schema.ts';
import { TEMPLATE_IDS, TEMPLATES_FOLDER, templateOf } from '../sheet-jobs.ts';

/** What is wrong in a template's text, and on which line. */
function faultsOf(change: (template: Template) => unknown): { line: number; message: string }[] {
  const changed = structuredClone(templateOf('a4-65'));
  const parsed = parseTemplate(JSON.stringify(change(changed), null, 2));
  return parsed.ok ? [] : parsed.faults;
}

describe('loadTemplates', () => {
  test('every template that comes with the program is sound', () => {
    const { templates, faults } = loadTemplates(TEMPLATES_FOLDER);
    expect(faults).toEqual([]);
    expect([...templates.keys()]).toEqual(expect.arrayContaining(['a4-65', 'roll-50x30']));
  });

  test('the JSON Schema beside the templates is the one they are checked by', () => {
    const written: unknown = JSON.parse(readFileSync(join(TEMPLATES_FOLDER, 'template.schema.json'), 'utf8'));
    expect(written).toEqual(z.toJSONSchema(fileSchema, { io: 'input' }));
  });

  test('a broken file is named with its line, and the rest work', () => {
    const folder = mkdtempSync(join(tmpdir(), 'templates-'));
    const sound = readFileSync(join(TEMPLATES_FOLDER, 'a4-65.json'), 'utf8');
    writeFileSync(join(folder, 'a4-65.json'), sound);
    writeFileSync(join(folder, 'wrong-type.json'), sound.replace('"columns": 5', '"columns": "five"'));
    writeFileSync(
      join(folder, 'no-comma.json'),
      sound.replace('"stock": "Avery L7651, L8651",', '"stock": "Avery L7651, L8651"'),
    );
    writeFileSync(join(folder, 'other-name.json'), sound);
    const { templates, faults } = loadTemplates(folder);
    expect([...templates.keys()]).toEqual(['a4-65']);
    const lineOf = (text: string): number => sound.split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(faults.map(({ file, line }) => ({ file, line }))).toEqual([
      { file: 'no-comma.json', line: lineOf('"medium"') },
      { file: 'other-name.json', line: lineOf('"id"') },
      { file: 'wrong-type.json', line: lineOf('"columns": 5') },
    ]);
  });

  test.each<[string, string, (template: Template) => unknown]>([
    ['a column beyond the page', 'grid.columns', (t) => ({ ...t, grid: { ...t.grid, columns: 6 } })],
    ['a row beyond the page', 'grid.rows', (t) => ({ ...t, grid: { ...t.grid, rows: 14 } })],
    ['labels that overlap', 'grid.pitchXMm', (t) => ({ ...t, grid: { ...t.grid, pitchXMm: 37 } })],
    [
      'a symbol larger than its box',
      'symbol.modulesMm.3',
      (t) => ({ ...t, symbol: { ...t.symbol, modulesMm: { 3: 0.52 } } }),
    ],
    [
      'a module that phones do not read',
      'symbol.modulesMm.3',
      (t) => ({ ...t, symbol: { ...t.symbol, modulesMm: { 3: 0.39 } } }),
    ],
    ['text too near the cut edge', 'columns.0.box', (t) => ({ ...t, inkMarginMm: 1.5 })],
    [
      'a label without a host',
      'columns',
      (t) => ({ ...t, columns: t.columns.map((c) => ({ ...c, items: c.items.filter((i) => i.kind !== 'host') })) }),
    ],
    [
      'letters below 0.9 mm capitals',
      'columns.0.items.1.leastMm',
      (t) => ({ ...t, columns: t.columns.map((c) => ({ ...c, items: c.items.map((i) => ({ ...i, leastMm: 1.2 })) })) }),
    ],
    ['a field that there is not', '', (t) => ({ ...t, colour: 'red' })],
  ])('%s is refused', (_, path, change) => {
    expect(faultsOf(change).map(({ message }) => message.split(':')[0])).toContain(path);
  });
});

describe('the stock that templates are for (STANDARDS §7)', () => {
  // Top left of the first and last label, and the size; last is left + (columns - 1) × pitch.
  test.each([
    ['a4-65', { first: [4.7, 10.9], last: [167.1, 265.3], size: [38.1, 21.2], places: 65 }],
    // Must be calibrated: the two sources agree only on shape and label size.
    ['a4-65-tomy-145', { first: [5, 10.5], last: [165, 262.5], size: [38, 21], places: 65 }],
    ['a4-40', { first: [10, 22], last: [155.5, 250.6], size: [45.7, 25.4], places: 40 }],
    ['a4-24', { first: [0, 0], last: [140, 259], size: [70, 37], places: 24 }],
    ['a4-21', { first: [7.48, 15.49], last: [139.56, 244.09], size: [63.99, 38.1], places: 21 }],
    ['a4-21-pin', { first: [7.48, 15.49], last: [139.56, 244.09], size: [63.99, 38.1], places: 21 }],
    ['a4-18', { first: [7.41, 8.11], last: [139.27, 241.81], size: [63.57, 46.78], places: 18 }],
    ['roll-35x22', { first: [0, 0], last: [37, 0], size: [35, 22], places: 2 }],
    ['roll-50x30', { first: [0, 0], last: [0, 0], size: [50, 30], places: 1 }],
    ['tem-vo-20', { first: [18, 17.5], last: [172, 259.5], size: [20, 20], places: 96 }],
    ['plaque-a5', { first: [0, 0], last: [0, 0], size: [148, 210], places: 1 }],
  ] as const)('%s has its geometry to 0.05 mm', (id, stock) => {
    const { grid, label } = templateOf(id);
    const last = [grid.leftMm + (grid.columns - 1) * grid.pitchXMm, grid.topMm + (grid.rows - 1) * grid.pitchYMm];
    expect(Math.abs(grid.leftMm - stock.first[0]) + Math.abs(grid.topMm - stock.first[1])).toBeLessThan(0.05);
    expect(Math.abs(last[0]! - stock.last[0])).toBeLessThan(0.05);
    expect(Math.abs(last[1]! - stock.last[1])).toBeLessThan(0.05);
    expect([label.widthMm, label.heightMm]).toEqual(stock.size);
    expect(grid.columns * grid.rows).toBe(stock.places);
  });

  test('every template of the folder has its stock here', () => {
    expect(TEMPLATE_IDS).toHaveLength(11);
  });

  test.each(TEMPLATE_IDS)(
    '%s leaves a symbol of every version it takes, quiet zone included, 1 mm above or below and no text beside it',
    (id) => {
      const { symbol, label } = templateOf(id);
      for (const [version, moduleMm] of Object.entries(symbol.modulesMm)) {
        const sideMm = (17 + 4 * Number(version) + 8) * moduleMm;
        expect(label.heightMm - sideMm).toBeGreaterThanOrEqual(2);
        expect(symbol.box.yMm + (symbol.box.heightMm - sideMm) / 2).toBeGreaterThanOrEqual(0.99);
        expect(label.heightMm - symbol.box.yMm - (symbol.box.heightMm + sideMm) / 2).toBeGreaterThanOrEqual(0.99);
      }
    },
  );

  test.each(TEMPLATE_IDS)('%s keeps all ink 5 mm from the edges of its sheet', (id) => {
    const { medium, page, grid, label, inkMarginMm } = templateOf(id);
    if (medium.kind === 'thermal') return;
    const edgeMm = Math.min(
      grid.leftMm,
      grid.topMm,
      page.widthMm - grid.leftMm - (grid.columns - 1) * grid.pitchXMm - label.widthMm,
      page.heightMm - grid.topMm - (grid.rows - 1) * grid.pitchYMm - label.heightMm,
    );
    // A symbol's ink is at least as far from its label's edge as other ink; the loader checks that.
    expect(edgeMm + inkMarginMm).toBeGreaterThanOrEqual(5);
  });
});

describe('templateFor', () => {
  const { templates } = loadTemplates(TEMPLATES_FOLDER);
  const small = structuredClone(templateOf('a4-65'));
  small.id = 'small';
  small.symbol.modulesMm = { 3: 0.508 };
  const some = new Map([...templates, ['small', { template: small, json: '' }]]);

  test('a template that the symbol fits is given', () => {
    expect(templateFor(some, 'small', 3)).toMatchObject({ ok: true, value: { template: { id: 'small' } } });
  });

  test('a symbol that is too large names the templates that take it', () => {
    const refused = templateFor(some, 'small', 5);
    expect(refused).toMatchObject({
      ok: false,
      problem: {
        code: 'symbol-too-large',
        details: { fitting: TEMPLATE_IDS.filter((each) => each !== 'roll-35x22' && each !== 'tem-vo-20') },
      },
    });
    expect(fitsTemplate(small, 5)).toBe(false);
  });

  test('an unknown template names those there are', () => {
    expect(templateFor(some, 'a4-66', 3)).toMatchObject({ ok: false, problem: { code: 'not-found' } });
  });

  test('the list says the largest module of each version', () => {
    expect(templateSummary(templateOf('a4-65'))).toMatchObject({
      id: 'a4-65',
      needs: ['symbol'],
      largestModuleMm: { 3: 0.508, 4: 0.4233 },
    });
    expect(moduleOf(templateOf('roll-50x30'), 3)).toBe(0.6256);
    expect(moduleOf(templateOf('roll-50x30'), 6)).toBe(null);
  });
});
