// Horizontal bars, one below the other: a name, its bar, its figure at the end. A bar may have two parts: first scans
// and repeats.

import type { Language } from '../../../domain/language.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { px } from '../programme/axis.ts';

export interface BarRow {
  name: string;
  value: number;
  /** The lighter part at the bar's end. */
  second?: number;
}

const ROW = 30;
const BAR = 18;
/** Letters of a name that fit 176 pixels at size 14; longer names are cut in the drawing but not in the table. */
const NAME_LETTERS_MAX = 20;

/** @param width in pixels, 328 on a phone */
export function rowChart(rows: readonly BarRow[], width: number, language: Language): Html {
  const left = width < 400 ? 122 : 184;
  const letters = width < 400 ? 14 : NAME_LETTERS_MAX;
  const max = Math.max(1, ...rows.map(({ value, second = 0 }) => value + second));
  const scale = (width - left - 72) / max;
  const drawn = rows.map(({ name, value, second = 0 }, i) => {
    const y = i * ROW + (ROW - BAR) / 2;
    const first = px(value * scale);
    const more = px(second * scale);
    const shown = name.length > letters ? `${name.slice(0, letters - 1).toWellFormed()}…` : name;
    return html`
      <text x="0" y="${y + 14}" fill="#17181c">${shown}</text>
      <rect x="${left}" y="${y}" width="${Math.max(first, value > 0 ? 1 : 0)}" height="${BAR}" fill="#22406b"/>
      ${
        second > 0 &&
        html`
          <rect
            x="${px(left + first)}"
            y="${y + 0.75}"
            width="${more}"
            height="${BAR - 1.5}"
            fill="#fff"
            stroke="#22406b"
            stroke-width="1.5"/>
        `
      }
      <text
        x="${px(left + first + more + 8)}"
        y="${y + 14}"
        font-weight="700"
        fill="#17181c">${numberText(value + second, language)}</text>
    `;
  });
  const height = rows.length * ROW;
  return html`
    <svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="14" aria-hidden="true">
      ${drawn}
    </svg>
  `;
}
