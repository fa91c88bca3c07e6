// What the reader of workbooks leaves out and the list needs: which sheets are hidden, which cells are merged, which
// show a percentage. Read from the parts of the file (ECMA-376 Part 1, §18.2.19, §18.3.1.55, §18.8.10); the elements'
// prefixes and the strict variant's namespaces do not matter.

import type { Merge } from '../../domain/import/grid.ts';

export interface SheetParts {
  name: string;
  isHidden: boolean;
  merges: Merge[];
  /** `row,column` from 0 of cells with a percent format. */
  percents: ReadonlySet<string>;
}

/** More than a list of twenty thousand rows grouped in pairs. */
const MERGES_MAX = 20_000;
const SHEET = /<(?:\w+:)?sheet\s([^<>]*)>/g;
const RELATIONSHIP = /<(?:\w+:)?Relationship\s([^<>]*)>/g;
const MERGE = /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;
const CELL = /<(?:\w+:)?c\s([^<>]*)>/g;
/** Built-in formats 9 and 10 are `0%` and `0.00%`. */
const PERCENT_FORMATS = ['9', '10'];

/** By the workbook's order of sheets. @param files the parts, by their names in the file */
export function sheetParts(files: ReadonlyMap<string, Buffer>): SheetParts[] {
  const workbook = textOf(files, 'xl/workbook.xml');
  const targets = new Map<string, string>();
  for (const [, attributes = ''] of textOf(files, 'xl/_rels/workbook.xml.rels').matchAll(RELATIONSHIP))
    targets.set(attribute(attributes, 'Id'), attribute(attributes, 'Target'));
  const percentStyles = percentStylesOf(textOf(files, 'xl/styles.xml'));
  return [...workbook.matchAll(SHEET)].map(([, attributes = '']) => {
    const target = targets.get(attribute(attributes, '(?:\\w+:)?id')) ?? '';
    const xml = textOf(files, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    return {
      name: unescaped(attribute(attributes, 'name')),
      isHidden: attribute(attributes, 'state').toLowerCase().includes('hidden'),
      merges: mergesOf(xml),
      percents: percentStyles.size === 0 ? new Set() : percentsOf(xml, percentStyles),
    };
  });
}

function textOf(files: ReadonlyMap<string, Buffer>, name: string): string {
  return files.get(name)?.toString('utf8') ?? '';
}

/** An attribute's value, or ''. @param name an expression for its name */
function attribute(attributes: string, name: string): string {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
}

function mergesOf(xml: string): Merge[] {
  const merges: Merge[] = [];
  for (const [, left = '', top, right = '', bottom] of xml.matchAll(MERGE)) {
    if (merges.length === MERGES_MAX) break;
    merges.push({ top: Number(top) - 1, bottom: Number(bottom) - 1, left: columnOf(left), right: columnOf(right) });
  }
  return merges;
}

/** Positions in the table of cell formats whose number format is a percentage. */
function percentStylesOf(styles: string): Set<string> {
  const formats = new Set(PERCENT_FORMATS);
  for (const [, attributes = ''] of styles.matchAll(/<(?:\w+:)?numFmt\s([^<>]*)>/g))
    if (attribute(attributes, 'formatCode').includes('%')) formats.add(attribute(attributes, 'numFmtId'));
  const cellFormats = styles.slice(styles.search(/<(?:\w+:)?cellXfs\b/), styles.search(/<\/(?:\w+:)?cellXfs>/));
  const found = new Set<string>();
  for (const [at, [, attributes = '']] of [...cellFormats.matchAll(/<(?:\w+:)?xf\s([^<>]*)>/g)].entries())
    if (formats.has(attribute(attributes, 'numFmtId'))) found.add(String(at));
  return found;
}

function percentsOf(xml: string, styles: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  for (const [, attributes = ''] of xml.matchAll(CELL)) {
    if (!styles.has(attribute(attributes, 's'))) continue;
    const place = /^([A-Z]{1,3})(\d{1,7})$/.exec(attribute(attributes, 'r'));
    if (place !== null) found.add(`${Number(place[2]) - 1},${columnOf(place[1] ?? '')}`);
  }
  return found;
}

/** From 0. */
function columnOf(letters: string): number {
  return Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
