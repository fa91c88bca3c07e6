// Marks of a layout as SVG, in millimetres. Text is drawn as paths of the font that print files embed, so a picture
// needs no font and shows each letter where it will be on paper.

import { placedOutlines } from '../setting/fonts.ts';
import { diamondCorners, type Bar, type Circle, type LabelLayout, type TextRun } from '../setting/label.ts';
import { starCorners } from '../setting/stars.ts';
import type { SheetMark } from '../threads/sheet-job.ts';

/** Micrometres. */
const DECIMALS = 1_000;

export function millimetres(value: number): string {
  return String(Math.round(value * DECIMALS) / DECIMALS);
}

/** Path data of a run of text. */
export function textPath({ text, weight, isKerned, sizeMm, xMm, baselineMm }: TextRun): string {
  // Be Vietnam Pro has 1,000 units an em (fonts.ts holds it to that).
  const scale = sizeMm / 1_000;
  return placedOutlines(weight, text, isKerned)
    .flatMap(({ commands, xEm }) =>
      commands.map(({ command, args }) => {
        const places = args.map((units, at) =>
          millimetres(at % 2 === 0 ? xMm + xEm * sizeMm + units * scale : baselineMm - units * scale),
        );
        return `${LETTERS[command]}${places.join(' ')}`;
      }),
    )
    .join('');
}

const LETTERS = { moveTo: 'M', lineTo: 'L', quadraticCurveTo: 'Q', bezierCurveTo: 'C', closePath: 'Z' } as const;

export function barPath({ xMm, yMm, widthMm, heightMm }: Bar): string {
  const [x, y, width] = [xMm, yMm, widthMm].map(millimetres);
  return `M${x} ${y}h${width}v${millimetres(heightMm)}h-${width}Z`;
}

/** What is the same on every label, without its symbol. */
export function labelMarks(label: LabelLayout, mark: SheetMark | null): string {
  const polygons = [...label.stars.map(starCorners), ...label.diamonds.map(diamondCorners)];
  const data = [...label.runs.map(textPath), ...polygons.map(cornersPath), ...label.bars.map(barPath)].join('');
  const rings = label.rosette === null ? '' : ringMarks(label.rosette);
  const picture = label.mark === null || mark === null ? '' : pictureMark(label.mark, mark);
  return `<path d="${data}"/>${rings}${picture}`;
}

function cornersPath(corners: readonly [number, number][]): string {
  return `${corners.map((corner, at) => `${at === 0 ? 'M' : 'L'}${corner.map(millimetres).join(' ')}`).join('')}Z`;
}

function ringMarks({ circles, lineMm }: { circles: Circle[]; lineMm: number }): string {
  const rings = circles.map(
    ({ xMm, yMm, radiusMm }) =>
      `<circle cx="${millimetres(xMm)}" cy="${millimetres(yMm)}" r="${millimetres(radiusMm)}"/>`,
  );
  return `<g fill="none" stroke="#000" stroke-width="${millimetres(lineMm)}">${rings.join('')}</g>`;
}

function pictureMark({ xMm, yMm, widthMm, heightMm }: Omit<Bar, 'element'>, { png }: SheetMark): string {
  const [x, y, width, height] = [xMm, yMm, widthMm, heightMm].map(millimetres);
  const address = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" href="${address}"/>`;
}

/**
 * A whole picture of a page.
 *
 * @param pixels its size if it is drawn on a raster; if absent, its true size on paper
 */
export function svgOf(
  page: { widthMm: number; heightMm: number },
  content: string,
  pixels?: { width: number; height: number },
): string {
  const [width, height] = [page.widthMm, page.heightMm].map(millimetres);
  const size =
    pixels === undefined
      ? `width="${width}mm" height="${height}mm"`
      : `width="${pixels.width}" height="${pixels.height}"`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${content}</svg>\n`
  );
}
