// Stars of a rating in a table: gold shapes, and the same in words for screen readers.

import { html, raw, type Html } from '../../html.ts';

const STAR = 'm7 .8 1.8 4 4.3.5-3.2 3 .9 4.2L7 10.4l-3.8 2.1.9-4.2-3.2-3 4.3-.5z';

/** @param words "4 sao" */
export function starMarks(count: number, words: string): Html {
  const shapes = Array.from({ length: count }, (_, i) => `<path transform="translate(${i * 16})" d="${STAR}"/>`).join(
    '',
  );
  return html`<svg class="b" width="${count * 16}" height="14" viewBox="0 0 ${
    count * 16
  } 14" fill="#b97a00" role="img" aria-label="${words}">${raw(shapes)}</svg>`;
}
