// Bars against one plan line: reported figures solid, our own counts outlined, estimates hatched; the figure is at the
// bar's end.

import type { Language } from '../../../domain/language.ts';
import { html, raw, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { axisTicks, px } from './axis.ts';

export interface PlanBar {
  /** "26/11/2020". */
  label: string;
  /** "báo cáo". */
  kind: string;
  value: number;
  look: 'solid' | 'outlined' | 'hatched';
}

const ROW = 50;
const BAR = 32;
const TOP = 44;
const LOOKS: Readonly<Record<'solid' | 'outlined', string>> = { solid: '#22406b', outlined: '#fff' };

/** @param planned null: no line. @param width in pixels; 328 on a phone, so that text is not scaled down */
export function planChart(
  bars: readonly PlanBar[],
  planned: { value: number; text: string } | null,
  width: number,
  language: Language,
): Html {
  const left = width < 400 ? 118 : 158;
  const right = width < 400 ? 34 : 58;
  const ticks = axisTicks(Math.max(planned?.value ?? 0, ...bars.map(({ value }) => value)));
  const max = ticks.at(-1) ?? 1;
  const x = (value: number): number => px(left + (value / max) * (width - left - right));
  const bottom = TOP + bars.length * ROW;
  const rows = bars.map(({ label, kind, value, look }, i) => {
    const y = TOP + i * ROW + (ROW - BAR) / 2;
    const fill = look === 'hatched' ? `url(#plan-hatch-${width})` : LOOKS[look];
    const box = html`x="${x(0)}" y="${y}" width="${px(x(value) - x(0))}" height="${BAR}"`;
    const figure = numberText(value, language);
    const name = html`<text x="0" y="${y + 13}" font-weight="700" fill="#17181c">${label}</text>`;
    const source = html`<text x="0" y="${y + 31}" font-size="13" fill="#4a4e57">${kind}</text>`;
    const bar = html`<rect ${box} fill="${fill}" stroke="#22406b" stroke-width="1.5"/>`;
    return html`${name}${source}${bar}<text x="${px(
      x(value) + 9,
    )}" y="${y + 22}" font-weight="700" fill="#17181c">${figure}</text>`;
  });
  const grid = ticks.map(
    (tick) =>
      html`<path d="M${x(tick)} ${TOP}V${bottom}" stroke="#d8d4ca"/><text x="${x(tick)}" y="${
        bottom + 22
      }" font-size="13" fill="#4a4e57" text-anchor="middle">${numberText(tick, language)}</text>`,
  );
  const line =
    planned !== null &&
    html`<path d="M${x(planned.value)} ${TOP - 8}V${bottom + 4}" stroke="#b97a00" stroke-width="3"/><text x="${x(
      planned.value,
    )}" y="${TOP - 16}" font-weight="700" fill="#8a5a00" text-anchor="${
      x(planned.value) > width - 90 ? 'end' : 'middle'
    }">${planned.text}</text>`;
  const size = html`width="${width}" height="${bottom + 30}" viewBox="0 0 ${width} ${bottom + 30}"`;
  const tile = html`id="plan-hatch-${width}" width="7" height="7" patternUnits="userSpaceOnUse"`;
  const stripes = raw('<path d="M0 0h7v7H0z" fill="#fff"/><path d="M0 0v7" stroke="#22406b" stroke-width="3"/>');
  const hatch = html`<pattern ${tile} patternTransform="rotate(45)">${stripes}</pattern>`;
  return html`<svg ${size} font-size="15" aria-hidden="true">${hatch}${grid}${rows}${line}</svg>`;
}
