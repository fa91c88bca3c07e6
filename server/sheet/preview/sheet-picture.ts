// The picture of one sheet before it is printed, in the sheet's own millimetres. Used places are hatched and crossed;
// the first one to print on has a gold frame. Stamps look as they will, except that every symbol contains SAMPLE.

import type { SheetLayout } from '../setting/layout.ts';
import { sampleMarks } from './preview-sheet.ts';
import type { SheetPlan } from '../threads/sheet-job.ts';
import type { Template } from '../template/template-schema.ts';

export interface SheetPicture {
  plan: SheetPlan;
  layout: SheetLayout;
  /** From 0. */
  page: number;
}

/** How thick the lines of the picture are, as a share of the page's width, so that a sheet and a roll look the same. */
const LINE = 0.0018;

/** A whole SVG document. */
export function sheetSvg({ plan, layout, page }: SheetPicture): string {
  const { template } = plan;
  const { widthMm, heightMm } = layout.page;
  const line = widthMm * LINE;
  const { firstPlace, from, to } = layout.pageAt(page);
  const stamps = to - from + 1;
  const { widthMm: labelWidth, heightMm: labelHeight } = template.label;
  const size = `width="${labelWidth}" height="${labelHeight}"`;
  const cells = layout.places.map(({ xMm, yMm }, place) => {
    const at = `x="${mm(xMm)}" y="${mm(yMm)}"`;
    if (place < firstPlace) return `<use href="#u" ${at}/>`;
    return place < firstPlace + stamps ? `<use href="#l" ${at}/>` : `<use href="#e" ${at}/>`;
  });
  const first = layout.places[firstPlace];
  const frameMm = mm(Math.max(line * 3, 1.8 * (widthMm / 210)));
  const frame =
    first === undefined
      ? ''
      : `<rect x="${mm(first.xMm)}" y="${mm(first.yMm)}" ${size} fill="none" ` +
        `stroke="#b97a00" stroke-width="${frameMm}"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${mm(widthMm)} ${mm(heightMm)}" fill="#17181c">` +
    `<defs>${definitions(plan, layout, line)}</defs>` +
    `<rect width="100%" height="100%" fill="#fff"/>${cells.join('')}${frame}</svg>`
  );
}

/** The three kinds of place: a stamp, a used one, an empty one. */
function definitions(plan: SheetPlan, layout: SheetLayout, line: number): string {
  const { widthMm, heightMm } = plan.template.label;
  const { alike, symbol } = sampleMarks(plan, layout);
  const { xMm, yMm } = layout.label.symbol;
  const size = `width="${widthMm}" height="${heightMm}"`;
  const edge = `fill="none" stroke="#d8d4ca" stroke-width="${mm(line)}"`;
  const cross = Math.min(widthMm, heightMm) * 0.18;
  const side = mm(2 * cross);
  const [x, y] = [widthMm / 2, heightMm / 2];
  return [
    `<pattern id="h" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">`,
    `<rect width="2" height="2" fill="#f6f4ef"/><path d="M0 0v2" stroke="#d8d4ca" stroke-width=".4"/></pattern>`,
    `<g id="u"><rect ${size} fill="url(#h)" stroke="#b5b0a4" stroke-width="${mm(line)}"/>`,
    `<path d="M${mm(x - cross)} ${mm(y - cross)}l${side} ${side}m0-${side}l-${side} ${side}" `,
    `stroke="#4a4e57" stroke-width="${mm(line * 2)}"/></g>`,
    `<g id="e"><rect ${size} ${edge}/></g>`,
    `<g id="l"><rect ${size} ${edge}/>${alike}<g transform="translate(${mm(xMm)} ${mm(yMm)})">${symbol}</g></g>`,
  ].join('');
}

/** The place under a point of the picture, by shares of its width and height; null if it is beside the labels. */
export function placeAt(template: Template, share: { x: number; y: number }): number | null {
  const { page, grid, label } = template;
  const column = Math.floor((share.x * page.widthMm - grid.leftMm) / grid.pitchXMm);
  const row = Math.floor((share.y * page.heightMm - grid.topMm) / grid.pitchYMm);
  if (column < 0 || row < 0 || column >= grid.columns || row >= grid.rows) return null;
  const isAcross = share.x * page.widthMm - grid.leftMm - column * grid.pitchXMm <= label.widthMm;
  const isDown = share.y * page.heightMm - grid.topMm - row * grid.pitchYMm <= label.heightMm;
  return isAcross && isDown ? row * grid.columns + column : null;
}

/** Hundredths of a millimetre: finer than any screen. */
function mm(value: number): string {
  return String(Math.round(value * 100) / 100);
}
