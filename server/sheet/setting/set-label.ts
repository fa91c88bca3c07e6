// Sets a label: every element of its template gets its size and place for these words, or a problem that names it.
//
// A column is filled from the top by ink, not by line boxes, since Ế and Ộ are twice as tall as a. Where it is too full, what
// yields goes first (the hint), then the texts shrink to their least size and wrap. Order and sizes: docs/decisions/0004.

import { fail, ok } from '../../domain/problem.ts';
import type { Result } from '../../domain/problem.ts';
import { bandOf } from './band.ts';
import { settable } from './fonts.ts';
import type { TypeMeasure } from './fonts.ts';
import { fitText } from './fit-text.ts';
import { PIN_DIGITS } from '../../domain/stamp/stamp-keys.ts';
import { SERIAL_WORD } from './label.ts';
import type { Bar, LabelLayout } from './label.ts';
import { rosetteOf } from './rosette.ts';
import { screenBars } from './screen.ts';
import { serialWidthEm, setCode } from './set-code.ts';
import type { SetCode } from './set-code.ts';
import { moduleOf } from '../template/template-fit.ts';
import { QUIET_MODULES } from '../template/template-limits.ts';
import type { FontWeight, Template, TemplateColumn, TemplateItem } from '../template/template-schema.ts';

export interface LabelWords {
  productName: string | null;
  producerName: string;
  /** Null or 0: the label says nothing of OCOP. */
  stars: number | null;
  /** As the public types it: `temtrace.vn`. */
  host: string;
  batchId: string;
  /** The longest serial gets its room. */
  serialMax: number;
  /** Picture elements of the office's artwork; null: it has none, or it may not be printed. */
  mark: { widthPx: number; heightPx: number } | null;
}

/** Lines of one text lie this far apart, more where their marks would touch. */
const LINE_PITCH_EM = 1.16;
/** A host has no marks above its letters. */
const HOST_PITCH_EM = 1;
const LINE_CLEARANCE_EM = 0.06;
/** Between stars, of a star's width. */
const STAR_GAP = 0.2;
const STARS_TO_WORDS = { leastMm: 0.8, ofStar: 0.3 };
const SHRINK_STEPS = 12;
/** What is left of the white between items where everything is at its least size. */
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

/** One item that has its size: how tall its ink is, and how it is put down with that ink's top at `topMm`. */
interface Block {
  element: string;
  heightMm: number;
  put(topMm: number, label: LabelLayout): void;
}

type Fitted = { ok: true; block: Block | null } | { ok: false; element: string };

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
    `The ${tooLong} does not fit a label of ${template.id}; choose a larger label or a shorter text.`,
    {
      details: { element: tooLong, template: template.id },
    },
  );
}

/** All items at full size; then without what yields, one after the other; then everything smaller, step by step. */
function* attempts(column: TemplateColumn): Generator<{ items: TemplateItem[]; shrink: number }> {
  const rank = (item: TemplateItem): number => ('yields' in item && item.yields !== undefined ? item.yields : Infinity);
  const ranks = [...new Set(column.items.map(rank))].toSorted((a, b) => a - b).filter(Number.isFinite);
  yield { items: column.items, shrink: 0 };
  for (const last of ranks) yield { items: column.items.filter((item) => rank(item) > last), shrink: 0 };
  const never = column.items.filter((item) => rank(item) === Infinity);
  for (let step = 1; step <= SHRINK_STEPS; step += 1) yield { items: never, shrink: step / SHRINK_STEPS };
}

function missingLetter(
  measure: TypeMeasure,
  template: Template,
  items: readonly TemplateItem[],
  words: LabelWords,
): Failure | null {
  for (const item of items) {
    const text = wordsOf(item, words);
    if (text === null) continue;
    const letter = measure.missingLetter(weightOf(item), text);
    if (letter === null) continue;
    const element = elementOf(item);
    return fail('letter-not-in-font', `The font has no letter ${letter}, which stands in the ${element}.`, {
      details: { element, letter, template: template.id },
    });
  }
  return null;
}

function elementOf(item: TemplateItem): string {
  return item.kind === 'text' ? item.show : item.kind;
}

function weightOf(item: TemplateItem): FontWeight {
  return 'weight' in item ? item.weight : 500;
}

/** The item's words, null where it has none on this label. */
function wordsOf(item: TemplateItem, words: LabelWords): string | null {
  switch (item.kind) {
    case 'text': {
      const text = settable((item.show === 'product' ? words.productName : words.producerName) ?? '');
      return text === '' ? null : text;
    }
    case 'words':
      return settable(item.words);
    case 'host':
      return words.host;
    case 'stars':
      return words.stars === null || words.stars === 0 ? null : `${words.stars} sao OCOP`;
    case 'pin':
      return PIN_WORD;
    case 'screen':
      return item.words;
    case 'code':
    case 'serial':
    case 'image':
    case 'rule':
      return null;
    default:
      return item satisfies never;
  }
}

function fitItem(
  measure: TypeMeasure,
  column: TemplateColumn,
  item: TemplateItem,
  words: LabelWords,
  shrink: number,
): Fitted {
  const { xMm } = column.box;
  switch (item.kind) {
    case 'rule':
      return { ok: true, block: ruleBlock(column, item) };
    case 'screen':
      return { ok: true, block: screenBlock(xMm, item) };
    case 'image':
      return { ok: true, block: words.mark === null ? null : markBlock(xMm, item, words.mark) };
    case 'text':
    case 'words':
    case 'host':
    case 'stars':
    case 'code':
    case 'serial':
    case 'pin':
      return fitWords(measure, column, item, words, item.sizeMm - (item.sizeMm - item.leastMm) * shrink);
    default:
      return item satisfies never;
  }
}

type WordsItem = Exclude<TemplateItem, { kind: 'rule' | 'screen' | 'image' }>;

function fitWords(
  measure: TypeMeasure,
  column: TemplateColumn,
  item: WordsItem,
  words: LabelWords,
  sizeMm: number,
): Fitted {
  const { widthMm, xMm } = column.box;
  const fitted = (block: Block | null): Fitted =>
    block === null ? { ok: false, element: elementOf(item) } : { ok: true, block };
  switch (item.kind) {
    case 'code': {
      const set = setCode(measure, item, { ...words, widthMm, sizeMm });
      return fitted(set === null ? null : codeBlock(column, set));
    }
    case 'serial':
      return fitted(
        serialBlock(measure, column, Math.min(sizeMm, widthMm / serialWidthEm(measure, words.serialMax)), item.leastMm),
      );
    case 'pin':
      return fitted(pinBlock(measure, column, item, sizeMm));
    case 'stars': {
      const text = wordsOf(item, words);
      if (text === null || words.stars === null) return { ok: true, block: null };
      const whole = starsBlock(measure, column, item, words.stars, text);
      // A narrow label says the number alone: the stars are on the public page with all that is to be said of them.
      return whole.ok ? whole : starsBlock(measure, column, item, words.stars, `${words.stars} sao`);
    }
    case 'text':
    case 'words':
    case 'host': {
      const text = wordsOf(item, words);
      if (text === null) return { ok: true, block: null };
      const linesMax = item.kind === 'words' ? 1 : item.linesMax;
      const breaks = item.kind === 'host' ? /(?<=[.:-])/ : undefined;
      const set = fitText(measure, {
        text,
        weight: item.weight,
        widthMm,
        sizeMm,
        leastMm: item.leastMm,
        linesMax,
        breaks,
        wrapBelowMm: item.kind === 'text' ? item.wrapBelowMm : undefined,
      });
      return fitted(set === null ? null : textBlock(measure, xMm, elementOf(item), item.weight, set.lines, set.sizeMm));
    }
    default:
      return item satisfies never;
  }
}

function textBlock(
  measure: TypeMeasure,
  xMm: number,
  element: string,
  weight: FontWeight,
  lines: readonly string[],
  sizeMm: number,
): Block {
  const inks = lines.map((line) => measure.inkEm(weight, line));
  /** Baselines below the top of the first line's ink. */
  const baselinesMm: number[] = [];
  let [belowEm, baselineEm] = [0, 0];
  inks.forEach((ink, at) => {
    baselineEm =
      at === 0
        ? ink.topEm
        : baselineEm +
          Math.max(element === 'host' ? HOST_PITCH_EM : LINE_PITCH_EM, belowEm + ink.topEm + LINE_CLEARANCE_EM);
    belowEm = ink.bottomEm;
    baselinesMm.push(baselineEm * sizeMm);
  });
  return {
    element,
    heightMm: (baselineEm + belowEm) * sizeMm,
    put(topMm, label) {
      lines.forEach((text, at) => {
        label.runs.push({
          element,
          text,
          weight,
          sizeMm,
          xMm,
          baselineMm: topMm + (baselinesMm[at] ?? 0),
          isKerned: true,
        });
      });
    },
  };
}

function starsBlock(
  measure: TypeMeasure,
  column: TemplateColumn,
  item: Extract<TemplateItem, { kind: 'stars' }>,
  stars: number,
  text: string,
): Fitted {
  const { xMm: leftMm, widthMm } = column.box;
  const wordsEm = measure.widthEm(500, text);
  const gapMm = Math.max(STARS_TO_WORDS.leastMm, item.starMm * STARS_TO_WORDS.ofStar);
  const starsWide = stars + (stars - 1) * STAR_GAP;
  // The words give way first: a star that is too small looks like an asterisk.
  const roomForStarsMm = (sizeMm: number): number => widthMm - gapMm - wordsEm * sizeMm;
  const sizeMm = Math.min(item.sizeMm, (widthMm - gapMm - starsWide * item.starMm) / wordsEm);
  const wordsMm = Math.max(item.leastMm, sizeMm);
  const starMm = Math.min(item.starMm, roomForStarsMm(wordsMm) / starsWide);
  if (starMm < item.starLeastMm) return { ok: false, element: 'stars' };
  const ink = measure.inkEm(500, text);
  const heightMm = Math.max(starMm, (ink.topEm + ink.bottomEm) * wordsMm);
  return {
    ok: true,
    block: {
      element: 'stars',
      heightMm,
      put(topMm, label) {
        const middleMm = topMm + heightMm / 2;
        const radiusMm = starMm / 2;
        for (let at = 0; at < stars; at += 1) {
          label.stars.push({ xMm: leftMm + radiusMm + at * starMm * (1 + STAR_GAP), yMm: middleMm, radiusMm });
        }
        const xMm = leftMm + starsWide * starMm + gapMm;
        const baselineMm = middleMm + ((ink.topEm - ink.bottomEm) / 2) * wordsMm;
        label.runs.push({ element: 'stars', text, weight: 500, sizeMm: wordsMm, xMm, baselineMm, isKerned: true });
      },
    },
  };
}

function codeBlock(column: TemplateColumn, set: SetCode): Block {
  return {
    element: 'code',
    heightMm: set.heightMm,
    put(topMm, label) {
      const shift = <T extends { xMm: number; baselineMm: number }>(placed: T): T => ({
        ...placed,
        xMm: placed.xMm + column.box.xMm,
        baselineMm: placed.baselineMm + topMm,
      });
      label.code.push(...set.lines.map(shift));
      if (set.serial !== null) label.serial = shift(set.serial);
      if (set.rosette !== null)
        label.rosette = rosetteOf(set.rosette.xMm + column.box.xMm, set.rosette.yMm + topMm, set.rosette.radiusMm);
    },
  };
}

function serialBlock(measure: TypeMeasure, column: TemplateColumn, sizeMm: number, leastMm: number): Block | null {
  if (sizeMm < leastMm) return null;
  const ink = measure.inkEm(500, `${SERIAL_WORD}0123456789`);
  return {
    element: 'serial',
    heightMm: (ink.topEm + ink.bottomEm) * sizeMm,
    put(topMm, label) {
      label.serial = { xMm: column.box.xMm, baselineMm: topMm + ink.topEm * sizeMm, weight: 500, sizeMm };
    },
  };
}

/** Before the frame; the digits stand in its middle. */
const PIN_WORD = 'PIN';
const PIN_LINE_MM = 0.15;
const PIN_WORD_GAP_MM = 1;

/** The digits alone stay under the scratch label: their ink keeps this much inside the frame. */
const PIN_CLEARANCE_MM = 0.5;

function pinBlock(
  measure: TypeMeasure,
  column: TemplateColumn,
  item: Extract<TemplateItem, { kind: 'pin' }>,
  sizeMm: number,
): Block | null {
  const { boxWidthMm, boxHeightMm } = item;
  const wordMm = measure.widthEm(500, PIN_WORD) * sizeMm + PIN_WORD_GAP_MM;
  const digitsMm = PIN_DIGITS * measure.widestEm(500, '0123456789') * sizeMm;
  const ink = measure.inkEm(500, '0123456789');
  const inkMm = (ink.topEm + ink.bottomEm) * sizeMm;
  const isTooLarge = digitsMm + 2 * PIN_CLEARANCE_MM > boxWidthMm || inkMm + 2 * PIN_CLEARANCE_MM > boxHeightMm;
  if (isTooLarge || wordMm + boxWidthMm > column.box.widthMm) return null;
  return {
    element: 'pin',
    heightMm: boxHeightMm,
    put(topMm, label) {
      const leftMm = column.box.xMm + wordMm;
      const baselineMm = topMm + boxHeightMm / 2 + ((ink.topEm - ink.bottomEm) / 2) * sizeMm;
      label.runs.push({
        element: 'pin',
        text: PIN_WORD,
        weight: 500,
        sizeMm,
        xMm: column.box.xMm,
        baselineMm,
        isKerned: true,
      });
      label.bars.push(
        ...frameOf(
          { element: 'pin', xMm: leftMm, yMm: topMm, widthMm: boxWidthMm, heightMm: boxHeightMm },
          PIN_LINE_MM,
        ),
      );
      label.pin = { xMm: leftMm + (boxWidthMm - digitsMm) / 2, baselineMm, weight: 500, sizeMm };
    },
  };
}

/** Four bars inside the edges. */
function frameOf(box: Bar, lineMm: number): Bar[] {
  const { xMm, yMm, widthMm, heightMm } = box;
  return [
    { ...box, heightMm: lineMm },
    { ...box, yMm: yMm + heightMm - lineMm, heightMm: lineMm },
    { ...box, widthMm: lineMm },
    { ...box, xMm: xMm + widthMm - lineMm, widthMm: lineMm },
  ];
}

function ruleBlock(column: TemplateColumn, { style, heightMm }: Extract<TemplateItem, { kind: 'rule' }>): Block {
  const { xMm, widthMm } = column.box;
  return {
    element: 'rule',
    heightMm,
    put(topMm, label) {
      if (style === 'line') label.bars.push({ element: 'rule', xMm, yMm: topMm, widthMm, heightMm });
      else {
        const band = bandOf(xMm, topMm, widthMm, heightMm);
        label.bars.push(...band.bars);
        label.diamonds.push(...band.diamonds);
      }
    },
  };
}

function screenBlock(xMm: number, { words, widthMm, heightMm }: Extract<TemplateItem, { kind: 'screen' }>): Block {
  return {
    element: 'screen',
    heightMm,
    put: (topMm, label) => void label.bars.push(...screenBars(words, { xMm, yMm: topMm, widthMm, heightMm })),
  };
}

/** As large as its box allows, at its left. */
function markBlock(
  xMm: number,
  item: Extract<TemplateItem, { kind: 'image' }>,
  mark: NonNullable<LabelWords['mark']>,
): Block {
  const scale = Math.min(item.widthMm / mark.widthPx, item.heightMm / mark.heightPx);
  const [widthMm, heightMm] = [mark.widthPx * scale, mark.heightPx * scale];
  return {
    element: 'image',
    heightMm,
    put: (topMm, label) => void (label.mark = { xMm, yMm: topMm, widthMm, heightMm }),
  };
}
