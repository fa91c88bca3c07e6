// The frame of a chart drawn on the server: a heading, a sentence that says what it shows, a wide drawing and a
// narrower one for phones (so that text is never scaled down), and the figures as a table that can be opened.

import { html, type Html, type Inset } from '../html.ts';
import type { FrameWords } from '../words/words.ts';

export interface ChartView {
  title: Inset;
  /** What it shows, in a sentence, which screen readers also get for the drawing. */
  sentence: string;
  /** Below the title, if the sentence does not say everything. */
  note?: Inset;
  wide: Html;
  /** For screens under 760 pixels; if left out, the wide one. */
  narrow?: Html;
  /** The same figures (list.ts `table`). */
  figures: Html;
}

export function chartBlock(
  { title, sentence, note = null, wide, narrow, figures }: ChartView,
  words: FrameWords,
): Html {
  const both = html`<div class="wide">${wide}</div><div class="narrow">${narrow ?? null}</div>`;
  const drawings =
    narrow === undefined
      ? html`<div role="img" aria-label="${sentence}">${wide}</div>`
      : html`<div role="img" aria-label="${sentence}">${both}</div>`;
  return html`<section class="chart"><h2>${title}</h2><p class="hint">${sentence}${
    note !== null && html` ${note}`
  }</p>${drawings}<details><summary>${words.chartTable}</summary>${figures}</details></section>`;
}
