// The progress of long work: what is done of how much, in figures and as a bar that needs no script. The page reloads
// itself (PageAnswer.refreshSeconds); console.js updates it more smoothly if `data-poll` names an address.

import type { Language } from '../../domain/language.ts';
import { html, type Html, type Inset } from '../html.ts';
import { numberText } from '../format.ts';
import type { FrameWords } from '../words/words.ts';

export interface Progress {
  /** "1. Vẽ tem". */
  title: string;
  done: number;
  /** In progress but not done: drawn lighter, and not in the figures. */
  ahead?: number;
  total: number;
  /** Below the bar. */
  note?: Inset;
  /** Ended successfully: the bar is green. */
  ended?: boolean;
}

const WIDTH = 1_000;

export function progressBar(
  { title, done, ahead = 0, total, note = null, ended = false }: Progress,
  language: Language,
  words: FrameWords,
): Html {
  const shareOf = (count: number): number => (total === 0 ? 1 : Math.min(1, Math.max(0, count / total)));
  const share = shareOf(done);
  const width = Math.round(share * WIDTH);
  const lighter =
    ahead > 0 && html`<rect width="${Math.round(shareOf(done + ahead) * WIDTH)}" height="12" class="ahead"/>`;
  const figures = words.job.of(numberText(done, language), numberText(total, language));
  const head = html`<div class="of"><b>${title}</b><span>${figures}</span></div>`;
  const value = html`aria-valuenow="${Math.round(share * 100)}" aria-valuemin="0" aria-valuemax="100"`;
  const size = html`width="100%" height="12" viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none"`;
  const bars = [
    html`<rect width="${WIDTH}" height="12" class="bg"/>`,
    lighter,
    html`<rect width="${width}" height="12" class="bar"/>`,
  ];
  const bar = html`<svg role="progressbar" aria-label="${title}" ${value} ${size}>${bars}</svg>`;
  return html`<div class="prog${ended && ' ended'}">${head}${bar}${
    note !== null && html`<p class="hint">${note}</p>`
  }</div>`;
}

/**
 * Steps of a work and what follows; `poll` is a JSON address that answers `{ ended: boolean }` (console.js loads the
 * page again when it changes, and says so if nobody answers).
 */
export function progressBlock(bars: readonly Inset[], poll: string | null, { job }: FrameWords): Html {
  const looks = poll !== null && html` data-poll="${poll}" data-away="${job.away}"`;
  return html`<div class="job" aria-live="polite"${looks}>${bars}</div>`;
}
