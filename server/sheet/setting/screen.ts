// A screen of fine vertical lines in one tone with a hidden word in it. The ground is a line of one dot in four, the
// word is lines of two dots in eight, on the dots of a 600 dpi printer. A copier at 300 dpi loses the lines of one dot
// and keeps those of two, so the word appears on the copy. Only simulated so far (test/sheet), not tried on paper. It
// proves nothing.

import { outlineOf, type Point } from './fonts.ts';
import type { Bar } from './label.ts';

/** A dot of the printers it is meant for. Labels with a screen are placed on this raster (layout.ts). */
export const DOT_MM = 25.4 / 600;
/** Off each side of a line: one that ends right on a dot gets one more from some viewers. */
const INSET_MM = 0.001;
const GROUND = { pitchMm: 4 * DOT_MM, lineMm: DOT_MM };
const WORD = { pitchMm: 8 * DOT_MM, lineMm: 2 * DOT_MM };
const WEIGHT = 800;
/** Of the screen's height, marks included: Ả is taller than A. */
const WORD_HEIGHT = 0.9;
const WORD_WIDTH = 0.96;
/** A printer makes no ink for a shorter piece of a line. */
const PIECE_MIN_MM = DOT_MM;

type Piece = readonly [fromMm: number, toMm: number];

/** Lines of the ground outside the word's letters, lines of the word inside them. */
export function screenBars(words: string, box: Omit<Bar, 'element'>): Bar[] {
  const edges = edgesOf(words, box);
  const inside = (xMm: number): Piece[] => insideOf(edges, xMm);
  const onDots = { ...box, xMm: Math.ceil(box.xMm / DOT_MM) * DOT_MM };
  return [...linesOf(onDots, GROUND, (xMm) => outsideOf(inside(xMm), box)), ...linesOf(onDots, WORD, inside)];
}

function linesOf(
  box: Omit<Bar, 'element'>,
  { pitchMm, lineMm }: typeof GROUND,
  piecesAt: (xMm: number) => Piece[],
): Bar[] {
  const count = Math.floor((box.widthMm - DOT_MM - lineMm) / pitchMm) + 1;
  return Array.from({ length: count }, (_, at) => box.xMm + at * pitchMm).flatMap((xMm) =>
    piecesAt(xMm + lineMm / 2)
      .filter(([fromMm, toMm]) => toMm - fromMm >= PIECE_MIN_MM)
      .map(([fromMm, toMm]) => ({
        element: 'screen',
        xMm: xMm + INSET_MM,
        yMm: fromMm,
        widthMm: lineMm - 2 * INSET_MM,
        heightMm: toMm - fromMm,
      })),
  );
}

interface Edge {
  from: Point;
  to: Point;
}

/** Outlines of the words, as large as the box allows and in its middle, in millimetres downwards. */
function edgesOf(words: string, box: Omit<Bar, 'element'>): Edge[] {
  const edges = outlineOf(WEIGHT, words).flatMap((contour) =>
    contour.map((from, at) => ({ from, to: contour[(at + 1) % contour.length] ?? from })),
  );
  const xs = edges.map(({ from }) => from[0]);
  const ys = edges.map(({ from }) => from[1]);
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((box.widthMm * WORD_WIDTH) / (right - left), (box.heightMm * WORD_HEIGHT) / (top - bottom));
  const place = ([x, y]: Point): Point => [
    box.xMm + box.widthMm / 2 + (x - (left + right) / 2) * scale,
    box.yMm + box.heightMm / 2 - (y - (bottom + top) / 2) * scale,
  ];
  return edges.map(({ from, to }) => ({ from: place(from), to: place(to) }));
}

/** Where an upright line is inside the outlines: its winding number is not zero. */
function insideOf(edges: readonly Edge[], xMm: number): Piece[] {
  const crossings = edges
    .filter(({ from, to }) => from[0] <= xMm !== to[0] <= xMm)
    .map(({ from, to }) => ({
      yMm: from[1] + ((xMm - from[0]) / (to[0] - from[0])) * (to[1] - from[1]),
      turn: from[0] <= xMm ? 1 : -1,
    }))
    .toSorted((a, b) => a.yMm - b.yMm);
  const pieces: Piece[] = [];
  let [winding, startMm] = [0, 0];
  for (const { yMm, turn } of crossings) {
    if (winding === 0) startMm = yMm;
    winding += turn;
    if (winding === 0) pieces.push([startMm, yMm]);
  }
  return pieces;
}

function outsideOf(inside: readonly Piece[], box: Omit<Bar, 'element'>): Piece[] {
  const ends = [box.yMm, ...inside.flat(), box.yMm + box.heightMm];
  return Array.from({ length: ends.length / 2 }, (_, at): Piece => [ends[2 * at] ?? 0, ends[2 * at + 1] ?? 0]);
}
