// Scans by day as bars; a day on which a suspected stamp was scanned is brown, with its figure above.

import type { Day } from '../../../domain/entity.ts';
import type { Language } from '../../../domain/language.ts';
import { html, type Html } from '../../html.ts';
import { numberText } from '../../format.ts';
import { axisTicks, px } from '../programme/axis.ts';

const HEIGHT = 190;
const TOP = 24;
const LEFT = 34;
/** Room that a label "24/11" needs. */
const LABEL_PX = 44;
/** And the last one's word. */
const LAST_LABEL_PX = 70;

/**
 * @param days in order
 * @param today its label is a word
 * @param width in pixels, 328 on a phone
 */
export function dayChart(
  days: readonly { day: Day; scans: number }[],
  odd: ReadonlySet<Day>,
  today: { day: Day; word: string },
  width: number,
  language: Language,
): Html {
  const ticks = axisTicks(Math.max(...days.map(({ scans }) => scans), 0), 3);
  const max = ticks.at(-1) ?? 1;
  const y = (value: number): number => px(TOP + HEIGHT - (value / max) * HEIGHT);
  const step = (width - LEFT) / days.length;
  const bar = Math.max(1, Math.min(28, step * 0.68));
  const every = Math.max(1, Math.ceil(LABEL_PX / step));
  const lines = ticks.map(
    (tick) =>
      html`
        <path d="M${LEFT - 6} ${y(tick)}H${width}" stroke="${tick === 0 ? '#17181c' : '#d8d4ca'}"/>
        <text
          x="${LEFT - 10}"
          y="${px(y(tick) + 4.5)}"
          text-anchor="end"
          fill="#4a4e57">${numberText(tick, language)}</text>
      `,
  );
  const bars = days.map(({ day, scans }, i) => {
    const x = LEFT + i * step + (step - bar) / 2;
    const isOdd = odd.has(day) && scans > 0;
    const middle = px(x + bar / 2);
    // Labels are counted from the last day, so that today always has one.
    const fromLast = days.length - 1 - i;
    const labelled = fromLast === 0 || (fromLast % every === 0 && fromLast * step > LAST_LABEL_PX);
    const label =
      labelled &&
      html`
        <text
          x="${i === days.length - 1 ? px(Math.min(middle + 30, width)) : middle}"
          y="${TOP + HEIGHT + 21}"
          text-anchor="${i === days.length - 1 ? 'end' : 'middle'}"
          fill="#4a4e57">${day === today.day ? today.word : `${day.slice(8)}/${day.slice(5, 7)}`}</text>
      `;
    return html`
      ${
        scans > 0 &&
        html`
          <rect
            x="${px(x)}"
            y="${y(scans)}"
            width="${px(bar)}"
            height="${px(TOP + HEIGHT - y(scans))}"
            fill="${isOdd ? '#8a5a00' : '#22406b'}"/>
        `
      }
      ${
        isOdd &&
        html`
          <text
            x="${middle}"
            y="${px(y(scans) - 7)}"
            text-anchor="middle"
            font-weight="700"
            fill="#8a5a00">${numberText(scans, language)}</text>
        `
      }
      ${label}
    `;
  });
  return html`
    <svg
      width="${width}"
      height="${TOP + HEIGHT + 28}"
      viewBox="0 0 ${width} ${TOP + HEIGHT + 28}"
      font-size="13"
      aria-hidden="true">
      ${lines}
      ${bars}
    </svg>
  `;
}
