// The few drawings of the public pages: logo, woven band, stars, line of life, flag. Each is beside words and hidden
// from screen readers.

import { html, raw, type Html } from '../html.ts';

export const LOGO = raw(
  '<svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path fill="none" stroke="#22406b"' +
    ' stroke-width="4" d="m12 3 9 9-9 9-9-9z"/><path fill="#b97a00" d="m12 9 3 3-3 3-3-3z"/></svg>',
);

/**
 * The woven band (thổ cẩm): a repeat of 24 pixels on chàm, two bitmaps drawn as runs. Stitches white, diamond gold.
 * Both diamonds are seven stitches wide, a small one between them.
 */
export const BAND = raw(
  '<svg width="100%" height="11" aria-hidden="true" shape-rendering="crispEdges"><pattern id="w"' +
    ' width="24" height="11" patternUnits="userSpaceOnUse"><path fill="#22406b" d="M0 0h24v11H0z"/>' +
    '<path stroke="#fff" stroke-dasharray="1" d="M0 .5h24M0 10.5h24"/>' +
    '<path fill="#e0a53a" d="M5 2h1v1h1v1h1v1h1v1H8v1H7v1H6v1H5V8H4V7H3V6H2V5h1V4h1V3h1z"/>' +
    '<path fill="#fff" d="M5 5h1v1H5zm6-1h1v1h-1zm-1 1h1v1h-1zm2 0h1v1h-1zm-1 1h1v1h-1zm6-4h1v1h-1zm-1' +
    ' 1h1v1h-1zm2 0h1v1h-1zm-3 1h1v1h-1zm4 0h1v1h-1zm-5 1h1v1h-1zm6 0h1v1h-1zm-5 1h1v1h-1zm4 0h1v1h-1zm-3' +
    ' 1h1v1h-1zm2 0h1v1h-1zm-1 1h1v1h-1zm6-4h1v1h-1zm-1 1h1v1h-1zm1 1h1v1h-1zM0 5h1v1H0z"/>' +
    '<path fill="#e0a53a" d="M17 5h1v1h-1z"/></pattern><path fill="url(#w)" d="M0 0h9999v11H0z"/></svg>',
);

/**
 * The same band from a file (public/band.svg), where a page's bytes count; its ground stands without it.
 */
export const BAND_LINE = raw('<div class="bd"></div>');

/** Stars of a rating in force; one that is not has words alone. */
export function stars(count: number): Html {
  const more = Array.from({ length: count - 1 }, (_, i) => html`<use href="#s" x="${(i + 1) * 27}"/>`);
  const width = count * 27 - 4;
  const size = html`width="${width}" height="24" viewBox="0 0 ${width} 24"`;
  return html`<svg ${size} fill="#b97a00" aria-hidden="true"><path id="s" d="${STAR}"/>${more}</svg>`;
}

const STAR = 'm11.5 2 2.8 6.3 6.9.7-5.2 4.6 1.5 6.7-6-3.5-6 3.5 1.5-6.7L1.8 9l6.9-.7z';

/** The line of a certificate's life, with a diamond at today; hollow at the end if it is over. */
export function lifeLine(elapsed: number, over: boolean): Html {
  const at = over ? 100 : Math.round(elapsed * 1000) / 10;
  const paint = over ? 'fill="#fff" stroke="#5a5f66" stroke-width="2"' : 'fill="#17663a"';
  const left = over || at > 97 ? -9 : at < 3 ? 9 : 0;
  const line = raw('<path stroke="#7c8089" stroke-width="2" d="M0 11h9999"/>');
  const diamond = html`<path ${raw(paint)} d="M${left}-8l8 8-8 8-8-8z"/>`;
  const today = html`<svg x="${at}%" y="11" overflow="visible">${diamond}</svg>`;
  return html`<svg width="100%" height="22" aria-hidden="true">${line}${today}</svg>`;
}

export const FLAG = raw(
  '<svg width="18" height="20" viewBox="0 0 18 20" fill="none" stroke="currentColor" stroke-width="2"' +
    ' aria-hidden="true"><path d="M2 20V2h13l-3 5 3 5H2"/></svg>',
);
