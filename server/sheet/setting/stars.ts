// The printed stars: their size, gap and words beside them, and the shape that every drawing uses.

import type { TemplateColumn, TemplateItem } from '../template/template-schema.ts';
import type { Fitted } from './block.ts';
import type { TypeMeasure } from './fonts.ts';
import type { Circle } from './label.ts';

/** Between stars, of a star's width. */
const STAR_GAP = 0.2;
const STARS_TO_WORDS = { leastMm: 0.8, ofStar: 0.3 };

export function starsBlock(
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
  // The words are dropped first: a star that is too small looks like an asterisk.
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

/** Corners of a five-pointed star with its point up, as x, y pairs. */
export function starCorners(star: Circle): [number, number][] {
  /** Inner over outer radius of the star whose edges lie on straight lines through its points. */
  const innerRatio = 0.381966;
  return Array.from({ length: 10 }, (_, at) => {
    const angle = (at * Math.PI) / 5;
    const radiusMm = star.radiusMm * (at % 2 === 0 ? 1 : innerRatio);
    return [star.xMm + radiusMm * Math.sin(angle), star.yMm - radiusMm * Math.cos(angle)];
  });
}
