// The coloured head of a public page: icon, heading and one sentence, as the verdict looks (verdict-look.ts).

import { html, raw, type Html, type Inset } from '../html.ts';
import { VERDICT_LOOK, type Look } from '../verdict-look.ts';

/** @param below on the light tint of the same colour, below the fill */
export function banner(look: Look, heading: string, note: Inset, below: Inset = null): Html {
  const { colour } = VERDICT_LOOK[look];
  const head = html`<div class="v"><div class="w"><h1>${verdictIcon(look)}${heading}</h1><p>${note}</p></div></div>`;
  return html`<div class="${colour}">${head}${below}</div>`;
}

function verdictIcon(look: Look): Html {
  return raw(`<svg width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">${VERDICT_LOOK[look].icon}</svg>`);
}
