// Every public page of the demo, as a person comes to it: by its address, or by sending a form. The few that no visitor
// can call up at will (the store is away, too many tries) are drawn directly.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Language } from '../../server/domain/language.ts';
import { scanPages } from '../../server/web/public/pages.ts';
import type { DemoRecord } from '../demo/make-demo.ts';
import { BATCHES, DISPLAY } from '../demo/story.ts';

export interface PublicPage {
  name: string;
  /** Leaves the browser at the page. @param address of the service */
  open: (page: Page, address: string, language: Language) => Promise<void>;
}

/** A well-formed code that nobody issued. */
const FORGED = '7K3M9Q-00000C-TZHWCH';

export async function publicPages(demo: DemoRecord): Promise<PublicPage[]> {
  const at = (name: string, path: string): PublicPage => ({
    name,
    open: async (page, address, language) => {
      await page.goto(`${address}${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
    },
  });
  const sent = (name: string, path: string, fields: Readonly<Record<string, string>>): PublicPage => ({
    name,
    open: async (page, address, language) => {
      await page.goto(`${address}${path}?lang=${language}`);
      for (const [field, value] of Object.entries(fields)) await fill(page, field, value);
      // Past the browser's own check, as a browser without one sends it.
      await Promise.all([page.waitForLoadState('load'), page.evaluate('document.querySelector("main form").submit()')]);
      await page.waitForLoadState('load');
    },
  });
  const { samples } = demo;
  const pinned = await codeOf(demo, 'tea-with-pins', 5);
  return [
    at('front page', '/'),
    at('front page, code refused', '/check?code=7K3M9U'),
    ...Object.entries(samples).map(([verdict, code]) => at(verdict, `/t/${code}`)),
    at('display', `/t/${await codeOf(demo, 'orange-link', DISPLAY.from)}`),
    at('plaque', `/t/${await codeOf(demo, 'homestay', 1)}`),
    at('with a PIN', `/t/${pinned}`),
    at('full record', `/t/${samples.valid}/record`),
    at('not ours', `/t/${FORGED}`),
    at('malformed', '/t/7K3M9U'),
    at('broken link', '/01/1/21/2'),
    at('no such page', '/khong-co'),
    at('complaint', `/t/${samples.valid}/complaint`),
    sent('complaint refused', `/t/${samples.valid}/complaint`, {}),
    sent('complaint taken', `/t/${samples.valid}/complaint`, { about: 'other', message: 'Tem bị bóc.' }),
    sent('PIN wrong', `/t/${pinned}`, { pin: '000000' }),
    sent('PIN malformed', `/t/${pinned}`, { pin: '12' }),
    ...drawnPages(demo.origin),
  ];
}

async function fill(page: Page, field: string, value: string): Promise<void> {
  const box = page.locator(`main [name="${field}"]`).first();
  if ((await box.getAttribute('type')) === 'radio') await page.check(`main [name="${field}"][value="${value}"]`);
  else await box.fill(value);
}

/** Under any address, because their links are not followed. */
function drawnPages(origin: string): PublicPage[] {
  const pages = scanPages(origin);
  return (['cannotCheck', 'tooMany', 'methodNotAllowed'] as const).map((name) => ({
    name,
    open: async (page, address, language) => {
      const path = `${address}/drawn-${name}`;
      await page.route(path, (route) =>
        route.fulfill({ contentType: 'text/html; charset=utf-8', body: pages[name](language) }),
      );
      await page.goto(path);
    },
  }));
}

async function codeOf(demo: DemoRecord, key: string, serial: number): Promise<string> {
  const batch = demo.batches[BATCHES.findIndex((planned) => planned.key === key)];
  if (batch === undefined) throw new RangeError(`the demo has no batch ${key}`);
  const line = (await readFile(batch.codes, 'utf8')).split(/\r?\n/)[serial] ?? '';
  const code = line.split(',')[1];
  if (code === undefined) throw new RangeError(`${batch.codes} has no serial ${serial}`);
  return code;
}
