// Months as stacked blocks, one block for each certificate, with the next ninety days tinted. If a month holds more
// than fit, a block stands for several certificates, and the figure is written above.

import type { Language } from '../../../domain/language.ts';
import type { LapseMonth } from '../../../domain/programme/lapsing.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { px } from './axis.ts';

const BLOCKS_MAX = 5;
const BLOCK = 13;
const GAP = 8;
const TOP = 24;
/** Half of a year's width in letters of 14: the first must not run over the edge. */
const HALF_YEAR_PX = 18;
const BASE = TOP + BLOCKS_MAX * (BLOCK + GAP) + 2;

/** @param months from today's on; a phone shows the first ten. @param ninetyEnd the last of the ninety days */
export function lapseChart(
  months: readonly LapseMonth[],
  ninetyEnd: string,
  width: number,
  texts: { next90: string },
  language: Language,
): Html {
  const step = width / months.length;
  const bar = Math.min(24, step - 6);
  const most = Math.max(1, ...months.map(({ count }) => count));
  const perBlock = Math.ceil(most / BLOCKS_MAX);
  const endAt = months.findIndex(({ month }) => month === ninetyEnd.slice(0, 7));
  // The tint ends with the month in which the ninety days do: bars are whole months.
  const tint = endAt < 0 ? width : px((endAt + 1) * step);
  const columns = months.map(({ month, count, soon }, i) => {
    const x = px(i * step + (step - bar) / 2);
    const blocks = Math.ceil(count / perBlock);
    const brown = Math.ceil(soon / perBlock);
    const drawn = Array.from(
      { length: blocks },
      (_, at) =>
        html`<rect x="${x}" y="${
          BASE - (at + 1) * (BLOCK + GAP) + GAP - 1
        }" width="${px(bar)}" height="${BLOCK}" fill="${at < brown ? '#8a5a00' : '#22406b'}"/>`,
    );
    const figure =
      perBlock > 1 &&
      count > 0 &&
      html`<text x="${px(x + bar / 2)}" y="${
        BASE - blocks * (BLOCK + GAP) - 2
      }" text-anchor="middle" font-weight="700" fill="#17181c">${numberText(count, language)}</text>`;
    const year =
      (i === 0 || month.endsWith('-01')) &&
      html`<text x="${Math.max(
        px(x + bar / 2),
        HALF_YEAR_PX,
      )}" y="${BASE + 41}" text-anchor="middle" font-weight="700" fill="#17181c">${month.slice(0, 4)}</text>`;
    return html`${drawn}${figure}<text x="${px(
      x + bar / 2,
    )}" y="${BASE + 20}" text-anchor="middle" fill="#4a4e57">${Number(month.slice(5))}</text>${year}`;
  });
  const size = html`width="${width}" height="${BASE + 48}" viewBox="0 0 ${width} ${BASE + 48}"`;
  const soon = html`<rect width="${tint}" height="${BASE}" fill="#fbf2df"/>`;
  const soonText = html`<text x="5" y="17" font-weight="700" fill="#8a5a00">${texts.next90}</text>`;
  const base = html`<path d="M0 ${BASE}H${width}" stroke="#17181c" stroke-width="1.5"/>`;
  return html`<svg ${size} font-size="14" aria-hidden="true">${soon}${soonText}${columns}${base}</svg>`;
}
