// Icon and colour of everything that a stamp can be shown as. Icons differ in outline, so colour is never alone;
// green is for a stamp that the server has confirmed, and for nothing else.

import { raw, type Html } from '../../server/web/html.ts';
import { VERDICT_LOOK, type Look } from '../../server/web/verdict-look.ts';
import type { KeptItem, Shown } from '../core/round-book.ts';

const CLOUD =
  '<path fill="#fff" d="M12 36a10 10 0 0 1-1-19.9A12 12 0 0 1 34 18a9 9 0 0 1-1 18z"/><path class="x" d="M22 20v7m0 3v3"/>';
const AWAY = '<path fill="#fff" d="M3 3h38v38H3z"/><path class="x" d="M12 32 31 13m0 0H18m13 0v13"/>';
const CARTON = '<path fill="#fff" d="M4 12 22 3l18 9v20l-18 9-18-9z"/><path class="x" d="m8 14 14 7 14-7M22 21v17"/>';

type Colour = 'o' | 'a' | 'r' | 'y' | 'f';

/** What is no look of the public pages. */
const OWN: Readonly<Record<Exclude<Shown, Look>, { colour: Colour; icon: string }>> = {
  ours: { colour: 'f', icon: CLOUD },
  waiting: { colour: 'f', icon: CLOUD },
  elsewhere: { colour: 'r', icon: AWAY },
  carton: { colour: 'f', icon: CARTON },
};
const LOOKS: Readonly<Record<Shown, { colour: Colour; icon: string }>> = { ...VERDICT_LOOK, ...OWN };

export function colourOf(shown: Shown): Colour {
  return LOOKS[shown].colour;
}

/** On the verdict's own fill. */
export function markOf(shown: Shown): Html {
  return raw(`<svg viewBox="0 0 44 44" aria-hidden="true">${LOOKS[shown].icon}</svg>`);
}

/** In a list, on white: the same outline filled with the colour. */
export function listMarkOf({ shown }: Pick<KeptItem, 'shown'>): Html {
  const drawing = LOOKS[shown].icon.replaceAll('"#fff"', '"var(--c)"').replaceAll('class="x"', 'class="w"');
  return raw(`<svg viewBox="0 0 44 44" aria-hidden="true">${drawing}</svg>`);
}

const ICON_PATHS = {
  keyboard: '<path d="M3 8h26v17H3zM8 13h2m4 0h2m4 0h2m-14 4h2m4 0h2m4 0h2m-12 4h10"/>',
  torch: '<path d="M9 4h14v6l-4 5v14h-6V15l-4-5zM9 10h14M16 19v3"/>',
  back: '<path d="M20 6 10 16l10 10"/>',
  settings: '<path d="M4 9h14m6 0h4M4 23h4m6 0h14M18 5v8M11 19v8"/>',
  online: '<circle cx="16" cy="16" r="13" fill="currentColor" stroke="none"/><path stroke="#fff" d="m10 16 4 4 8-9"/>',
  offline: '<path d="M4 12a18 18 0 0 1 24 0M8 17a12 12 0 0 1 16 0M16 24v1M4 27 28 5"/>',
} as const;

export function icon(name: keyof typeof ICON_PATHS): Html {
  return raw(`<svg class="i" viewBox="0 0 32 32" aria-hidden="true">${ICON_PATHS[name]}</svg>`);
}
