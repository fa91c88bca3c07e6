// The container of a chart drawn on the server: heading, a sentence that says what it shows, a wide drawing and a
// narrower one for phones (text in a drawing never shrinks with it), and its figures as a table behind a line to
// open.

import { html, type Html, type Inset } from '../html.ts';
import type { FrameWords } from '../words/words.ts';

export interface ChartView {
  title: Inset;
  /** What it shows, in a sentence: also the drawing's text for a screen reader. */
  sentence: string;
  /** Beneath the title, where more is to be said than the sentence. */
  note?: Inset;
  wide: Html;
  /** For screens under 760 pixels; left out: the wide one. */
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
