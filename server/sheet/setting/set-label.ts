// Sets a label: every element of its template gets its size and place for these words, or a problem names it.
//
// A column is filled from the top by ink, not by line boxes, since Ế and Ộ are twice as tall as a. If it is too full,
// elements that yield go first (the hint), then the texts shrink to their least size and wrap. Order and sizes:
// docs/decisions/0004-fast-sheets.md.

import { fail, ok, type Result } from '../../domain/problem.ts';
import { moduleOf } from '../template/template-fit.ts';
import { QUIET_MODULES } from '../template/template-limits.ts';
import type { Template, TemplateColumn, TemplateItem } from '../template/template-schema.ts';
import { fitItem } from './fit-item.ts';
import type { TypeMeasure } from './fonts.ts';
import { missingLetter, type LabelWords } from './label-words.ts';
import type { LabelLayout } from './label.ts';

const SHRINK_STEPS = 12;
/** What remains of the white between items if everything has its least size. */
const GAP_LEAST = 0.6;

/**
 * Every mark of a label. Problems: `symbol-too-large`, `text-does-not-fit` (details.element, template),
 * `letter-not-in-font` (details.element, letter).
 */
export function setLabel(
  measure: TypeMeasure,
  template: Template,
  words: LabelWords,
  version: number,
): Result<LabelLayout> {
  const symbol = placeSymbol(template, version);
  if (symbol === null) {
    return fail('symbol-too-large', `A symbol of version ${version} is too large for ${template.id}.`, {
      details: { version, template: template.id },
    });
  }
  const label: LabelLayout = {
    symbol,
    runs: [],
    stars: [],
    rosette: null,
    bars: [],
    diamonds: [],
    mark: null,
    pin: null,
    code: [],
    serial: { xMm: 0, baselineMm: 0, weight: 500, sizeMm: 0 },
  };
  for (const column of template.columns) {
    const problem = setColumn(measure, template, column, words, label);
    if (problem !== null) return problem;
  }
  return ok(label);
}

function placeSymbol(template: Template, version: number): LabelLayout['symbol'] | null {
  const moduleMm = moduleOf(template, version);
  if (moduleMm === null) return null;
  const modules = 17 + 4 * version;
  const { box } = template.symbol;
  const sideMm = (modules + 2 * QUIET_MODULES) * moduleMm;
  return {
    xMm: box.xMm + (box.widthMm - sideMm) / 2 + QUIET_MODULES * moduleMm,
    yMm: box.yMm + (box.heightMm - sideMm) / 2 + QUIET_MODULES * moduleMm,
    moduleMm,
    modules,
  };
}

type Failure = ReturnType<typeof fail>;

function setColumn(
  measure: TypeMeasure,
  template: Template,
  column: TemplateColumn,
  words: LabelWords,
  label: LabelLayout,
): Failure | null {
  const unknown = missingLetter(measure, template, column.items, words);
  if (unknown !== null) return unknown;

  let tooLong = '';
  for (const attempt of attempts(column)) {
    const fitted = attempt.items.map((item) => fitItem(measure, column, item, words, attempt.shrink));
    const failed = fitted.find((each) => !each.ok);
    if (failed !== undefined) {
      tooLong = failed.element;
      continue;
    }
    const blocks = fitted.flatMap((each) => (each.ok && each.block !== null ? [each.block] : []));
    const inkMm = blocks.reduce((sum, block) => sum + block.heightMm, 0);
    const spareMm = column.box.heightMm - inkMm;
    const gaps = Math.max(1, blocks.length - 1);
    const leastGapMm = column.gapMm * (1 - attempt.shrink * (1 - GAP_LEAST));
    if (spareMm >= leastGapMm * (blocks.length - 1)) {
      const gapMm = Math.min(column.gapMaxMm, spareMm / gaps);
      let topMm = column.box.yMm + (spareMm - gapMm * (blocks.length - 1)) / 2;
      for (const block of blocks) {
        block.put(topMm, label);
        topMm += block.heightMm + gapMm;
      }
      return null;
    }
    const texts = blocks.filter((block) => block.element === 'product' || block.element === 'producer');
    tooLong = (texts.length > 0 ? texts : blocks).toSorted((a, b) => b.heightMm - a.heightMm)[0]?.element ?? tooLong;
  }
  return fail(
    'text-does-not-fit',
    `The ${tooLong} does not fit a label of ${template.id}; choose a larger label or ${shorterText(tooLong)}.`,
    {
      details: { element: tooLong, template: template.id },
    },
  );
}

function shorterText(element: string): string {
  return element === 'product' ? 'give the product a shortName' : 'a shorter text';
}

/**
 * All items at full size; then without the yielding ones, one after the other; then everything smaller, step by step.
 */
function* attempts(column: TemplateColumn): Generator<{ items: TemplateItem[]; shrink: number }> {
  const rank = (item: TemplateItem): number => ('yields' in item && item.yields !== undefined ? item.yields : Infinity);
  const ranks = [...new Set(column.items.map(rank))].toSorted((a, b) => a - b).filter(Number.isFinite);
  yield { items: column.items, shrink: 0 };
  for (const last of ranks) yield { items: column.items.filter((item) => rank(item) > last), shrink: 0 };
  const never = column.items.filter((item) => rank(item) === Infinity);
  for (let step = 1; step <= SHRINK_STEPS; step += 1) yield { items: never, shrink: step / SHRINK_STEPS };
}
