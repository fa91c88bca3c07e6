// The ways in which a public page is looked at: widths, colours and letter sizes; and what is found wrong on each: by
// axe-core (WCAG 2.2 AA and best practice), by the window (scrolling sideways) and by touch (small targets).

import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

export interface PageLook {
  widthPx: 320 | 360 | 1280;
  colours: 'light' | 'forced';
  /** Of the letters, as a browser's setting makes them. */
  textPercent: 100 | 200;
}

export const LOOKS: readonly PageLook[] = ([320, 360, 1280] as const).flatMap((widthPx) =>
  (['light', 'forced'] as const).flatMap((colours) =>
    ([100, 200] as const).map((textPercent) => ({ widthPx, colours, textPercent })),
  ),
);

const HEIGHT_PX = 800;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** LOOK: smaller only where a link is part of a sentence. */
const TARGET_PX = 44;
/** The script is evaluated from outside the page, whose policy runs only our own files. */
const AXE = (createRequire(import.meta.url)('axe-core') as { source: string }).source;

export function lookName({ widthPx, colours, textPercent }: PageLook): string {
  return `${widthPx} ${colours} ${textPercent} %`;
}

/** Of Chromium: letters twice as large, as a person sets them in the browser. */
export const LARGE_TEXT = '--blink-settings=defaultFontSize=32,defaultFixedFontSize=26';

/** Everything found on the open page in this look, each with its element; empty: nothing. The browser was opened for the letters' size. */
export async function findingsOf(page: Page, look: PageLook): Promise<string[]> {
  await setLook(page, look);
  await page.evaluate(AXE);
  const run =
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then(({ violations }) => ` +
    'violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 160))))';
  const [violations, over, small] = [
    await page.evaluate<string[]>(run),
    await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
    await page.evaluate<string[]>(SMALL_TARGETS),
  ];
  return [...violations, ...(over > 0 ? [`wider than the window by ${over} px`] : []), ...small];
}

async function setLook(page: Page, { widthPx, colours }: PageLook): Promise<void> {
  await page.setViewportSize({ width: widthPx, height: HEIGHT_PX });
  await page.emulateMedia({ forcedColors: colours === 'forced' ? 'active' : 'none', reducedMotion: 'reduce' });
}

/** Links, buttons and fields lower than TARGET_PX; a link among other words of its paragraph is none. */
const SMALL_TARGETS = `[...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, select, summary')]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const isLow = (element) => element.getBoundingClientRect().height < ${TARGET_PX} - 0.5;
    if (box.width <= 1 || getComputedStyle(one).visibility === 'hidden' || !isLow(one)) return false;
    if (one.closest('label') !== null) return isLow(one.closest('label'));
    const around = one.closest('p, li, dd, div')?.textContent.trim() ?? '';
    return !(one.tagName === 'A' && around.length > one.textContent.trim().length + 3);
  })
  .map((one) => 'target under ${TARGET_PX} px: ' + one.outerHTML.slice(0, 120))`;
