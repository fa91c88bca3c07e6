// A browser that takes pictures: pages at the width of an office PC or a phone, reduced until they are small enough for
// the repository.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import sharp from 'sharp';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** The largest size of a picture. */
const BYTES_MAX = 120_000;
/** Tried in turn until a picture is small enough. */
const COLOURS = [64, 32, 16] as const;

/** In CSS pixels. */
export interface Screen {
  width: number;
  height: number;
  /** Longer pages are cut here. */
  cut: number;
  /** Device pixels per CSS pixel. */
  scale: number;
}

export const PHONE: Screen = { width: 360, height: 740, cut: 1_060, scale: 2 };
export const OFFICE_PC: Screen = { width: 1_280, height: 900, cut: 1_250, scale: 1 };

/** A person at a screen of a given size, with a session. */
export interface Visitor {
  page: Page;
  address: string;
  screen: Screen;
  leave: () => Promise<void>;
}

/**
 * Chromium's own texts (dates, the file chooser) are Vietnamese if it has them (chromium-l10n).
 *
 * @throws Error if Chromium is missing
 */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--lang=vi', ...more],
    env: { ...process.env, LANGUAGE: 'vi' },
  });
}

export async function visit(
  browser: Browser,
  address: string,
  screen: Screen,
  session: Awaited<ReturnType<BrowserContext['storageState']>> | null,
): Promise<Visitor> {
  const { width, height, scale } = screen;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    locale: 'vi-VN',
    ...(session === null ? {} : { storageState: session }),
  });
  return { page: await context.newPage(), address, screen, leave: () => context.close() };
}

/** @returns the session, for another screen of the same person */
export async function signIn(
  { page, address }: Visitor,
  login: string,
  password: string,
): Promise<Awaited<ReturnType<BrowserContext['storageState']>>> {
  await page.goto(`${address}/login`);
  await page.fill('main [name="login"]', login);
  await page.fill('main [name="password"]', password);
  await Promise.all([page.waitForURL(/\/console/), page.click('main button')]);
  return page.context().storageState();
}

/**
 * The page from its top as a palette PNG, with no field focused.
 *
 * @throws RangeError if it stays above 120 KB even with few colours, or the page is wider than its screen
 */
export async function takePicture({ page, screen }: Visitor, folder: string, name: string): Promise<void> {
  await page.evaluate('document.activeElement?.blur()');
  await page.waitForLoadState('networkidle');
  const [wide = 0, high = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.scrollHeight]',
  );
  if (wide > screen.width)
    throw new RangeError(`${name}: the page is ${wide} pixels wide on a screen of ${screen.width}`);
  const shot = await page.screenshot({
    fullPage: true,
    clip: { x: 0, y: 0, width: screen.width, height: Math.min(high, screen.cut) },
  });
  for (const colours of COLOURS) {
    const png = await sharp(shot)
      .png({ palette: true, colours, dither: 0, effort: 10, compressionLevel: 9 })
      .toBuffer();
    if (png.length > BYTES_MAX) continue;
    writeFileSync(join(folder, `${name}.png`), png);
    return;
  }
  throw new RangeError(`${name}.png stays above ${BYTES_MAX} bytes`);
}
