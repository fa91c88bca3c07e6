// A template for a stock that was measured with a ruler. The grid is as measured; labels are set like the largest of
// our templates that fits on them, centred. So an office's own sheet has a design that was checked and read back.

import type { MeasuredStock } from '../../domain/print/own-template.ts';
import { checkTemplate, type Contradiction, type LoadedTemplate } from './template-loader.ts';
import type { Template, TemplateBox } from './template-schema.ts';

/** Room that the line in the margin takes, with white above and below. */
const HEAD_MM = { height: 3.6, above: 4, below: 1.2 };
/** Of a page's width, at either side of that line. */
const HEAD_INSET_MM = 10;

export type MeasuredTemplate = { ok: true; template: Template } | { ok: false; faults: Contradiction[] };

/**
 * @param ours templates to take the setting from. Faults: a label smaller than any of ours, or a grid that its page
 * does not hold
 */
export function measuredTemplate(id: string, stock: MeasuredStock, ours: Iterable<LoadedTemplate>): MeasuredTemplate {
  const base = largestThatFits(stock, ours);
  if (base === null)
    return { ok: false, faults: [{ path: ['labelWidth'], message: 'the label is smaller than any that we can set' }] };
  const [rightMm, downMm] = [
    (stock.labelWidth - base.label.widthMm) / 2,
    (stock.labelHeight - base.label.heightMm) / 2,
  ];
  const moved = (box: TemplateBox): TemplateBox => ({
    ...box,
    xMm: rounded(box.xMm + rightMm),
    yMm: rounded(box.yMm + downMm),
  });
  const hasHeadRoom =
    stock.top >= HEAD_MM.above + HEAD_MM.height + HEAD_MM.below && stock.pageWidth > 4 * HEAD_INSET_MM;
  const head = {
    box: {
      xMm: HEAD_INSET_MM,
      yMm: rounded(stock.top - HEAD_MM.below - HEAD_MM.height),
      widthMm: stock.pageWidth - 2 * HEAD_INSET_MM,
      heightMm: HEAD_MM.height,
    },
    sizeMm: 2.6,
    leastMm: 1.4,
  };
  return checkTemplate({
    id,
    name: { vi: stock.name, en: stock.name },
    stock: `${stock.labelWidth} × ${stock.labelHeight} mm, ${stock.columns} × ${stock.rows}`,
    medium: { kind: 'sheet' },
    page: { widthMm: stock.pageWidth, heightMm: stock.pageHeight },
    grid: {
      columns: stock.columns,
      rows: stock.rows,
      leftMm: stock.left,
      topMm: stock.top,
      pitchXMm: stock.pitchX,
      pitchYMm: stock.pitchY,
    },
    label: { widthMm: stock.labelWidth, heightMm: stock.labelHeight },
    inkMarginMm: base.inkMarginMm,
    head: hasHeadRoom ? head : null,
    symbol: { ...base.symbol, box: moved(base.symbol.box) },
    columns: base.columns.map((column) => ({ ...column, box: moved(column.box) })),
  });
}

function largestThatFits(stock: MeasuredStock, ours: Iterable<LoadedTemplate>): Template | null {
  const fitting = [...ours]
    .map(({ template }) => template)
    .filter(({ medium, label, columns }) => {
      const hasPin = columns.some(({ items }) => items.some(({ kind }) => kind === 'pin'));
      return (
        medium.kind === 'sheet' && !hasPin && label.widthMm <= stock.labelWidth && label.heightMm <= stock.labelHeight
      );
    });
  return fitting.toSorted((a, b) => b.label.widthMm * b.label.heightMm - a.label.widthMm * a.label.heightMm)[0] ?? null;
}

/** Micrometres: sums of measures are written into a file. */
function rounded(mm: number): number {
  return Math.round(mm * 1_000) / 1_000;
}
