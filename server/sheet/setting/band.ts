// The woven band (thổ cẩm) as a printer draws it: a row of diamonds between two rows of stitches. It is an ornament and
// protects nothing.

import type { Bar, Circle } from './label.ts';

/** Of the band's height. */
const PITCH = 1.1;
const STITCHES_A_DIAMOND = 4;
const STITCH = { width: 0.14, height: 0.08 };
const RADIUS = 0.32;

/** Whole diamonds only, spread over the width; all ink lies inside it. */
export function bandOf(
  xMm: number,
  yMm: number,
  widthMm: number,
  heightMm: number,
): { bars: Bar[]; diamonds: Circle[] } {
  const count = Math.max(1, Math.floor(widthMm / (heightMm * PITCH)));
  const pitchMm = widthMm / count;
  const diamonds = Array.from({ length: count }, (_, at) => ({
    xMm: xMm + (at + 0.5) * pitchMm,
    yMm: yMm + heightMm / 2,
    // Large and small alternate.
    radiusMm: heightMm * RADIUS * (at % 2 === 0 ? 1 : 0.5),
  }));
  const stitches = count * STITCHES_A_DIAMOND;
  const stitchMm = widthMm / stitches;
  const size = { widthMm: heightMm * STITCH.width, heightMm: heightMm * STITCH.height };
  const bars = [yMm, yMm + heightMm - size.heightMm].flatMap((topMm) =>
    Array.from({ length: stitches }, (_, at) => ({
      element: 'rule',
      xMm: xMm + (at + 0.5) * stitchMm - size.widthMm / 2,
      yMm: topMm,
      ...size,
    })),
  );
  return { bars, diamonds };
}
