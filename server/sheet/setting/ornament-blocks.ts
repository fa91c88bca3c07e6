// Blocks without words: rules, bands, screens, the office's artwork.

import type { TemplateColumn, TemplateItem } from '../template/template-schema.ts';
import { bandOf } from './band.ts';
import type { Block } from './block.ts';
import type { LabelWords } from './label-words.ts';
import type { Bar } from './label.ts';
import { screenBars } from './screen.ts';

/** Four bars inside the edges. */
export function frameOf(box: Bar, lineMm: number): Bar[] {
  const { xMm, yMm, widthMm, heightMm } = box;
  return [
    { ...box, heightMm: lineMm },
    { ...box, yMm: yMm + heightMm - lineMm, heightMm: lineMm },
    { ...box, widthMm: lineMm },
    { ...box, xMm: xMm + widthMm - lineMm, widthMm: lineMm },
  ];
}

export function ruleBlock(column: TemplateColumn, { style, heightMm }: Extract<TemplateItem, { kind: 'rule' }>): Block {
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

export function screenBlock(
  xMm: number,
  { words, widthMm, heightMm }: Extract<TemplateItem, { kind: 'screen' }>,
): Block {
  return {
    element: 'screen',
    heightMm,
    put: (topMm, label) => void label.bars.push(...screenBars(words, { xMm, yMm: topMm, widthMm, heightMm })),
  };
}

/** As large as its box allows, aligned left. */
export function markBlock(
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
