// Gives one item of a label its size, for the words and the width it has.

import type { TemplateColumn, TemplateItem } from '../template/template-schema.ts';
import type { Block, Fitted } from './block.ts';
import { fitText } from './fit-text.ts';
import type { TypeMeasure } from './fonts.ts';
import { elementOf, wordsOf, type LabelWords } from './label-words.ts';
import { markBlock, ruleBlock, screenBlock } from './ornament-blocks.ts';
import { serialWidthEm, setCode } from './set-code.ts';
import { starsBlock } from './stars.ts';
import { codeBlock, pinBlock, serialBlock, textBlock } from './text-blocks.ts';

/** @param shrink 0: full size, 1: least size */
export function fitItem(
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
      // A narrow label shows only the number; the public page has everything about the stars.
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
