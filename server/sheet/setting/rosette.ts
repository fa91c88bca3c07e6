// A rosette of rings that are too fine for a photocopier, so that a copy looks different from a real stamp. It proves
// nothing.

import type { LabelLayout } from './label.ts';

const RINGS = 16;
const LINE_MM = 0.07;
/** Rings miss the middle by this share of the radius, so that no ink runs together there. */
const HOLE = 0.12;

/** Rings of equal size round a middle, all inside the radius, their lines included. */
export function rosetteOf(xMm: number, yMm: number, radiusMm: number): NonNullable<LabelLayout['rosette']> {
  const outerMm = radiusMm - LINE_MM / 2;
  const ringMm = (outerMm * (1 - HOLE)) / 2;
  const armMm = outerMm - ringMm;
  const circles = Array.from({ length: RINGS }, (_, at) => {
    const angle = (2 * Math.PI * at) / RINGS;
    return { xMm: xMm + armMm * Math.cos(angle), yMm: yMm + armMm * Math.sin(angle), radiusMm: ringMm };
  });
  return { circles, lineMm: LINE_MM };
}
