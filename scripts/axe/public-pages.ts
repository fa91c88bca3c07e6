// Every public page of the demo, as a person comes to it: by its address, or by sending a form. The few that no visitor
// can call up at will (the store is away, too many tries) are drawn directly.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import type { Language } from '../../server/domain/language.ts';
import { scanPages } from '../../server/web/public/pages.ts';
import { publicWordsOf } from '../../server/web/words/words.ts';
import type { DemoRecord } from '../demo/make-demo.ts';

export interface PublicPage {
  name: string;
  /** Leaves the browser at the page. @param address of the service */
  open: (page: Page, address: string, language: Language) => Promise<void>;
}

/** A well-formed code that nobody issued. */
const FORGED = '7K3M9Q-00000C-TZHWCH';

/** @param service where the demo is served */
export async function publicPages(demo: DemoRecord, service: string): Promise<PublicPage[]> {
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
  const { verdicts } = publicWordsOf('vi');
  const headed = (heading: string): Promise<string> =>
    stampWhere(demo, service, (page) => page.includes(`>${heading}</h1>`));
  const pinned = await stampWhere(demo, service, (page) => page.includes('name="pin"'));
  return [
    at('front page', '/'),
    at('front page, code refused', '/check?code=7K3M9U'),
    ...Object.entries(samples).map(([verdict, code]) => at(verdict, `/t/${code}`)),
    at('display', `/t/${await headed(verdicts.display)}`),
    at('plaque', `/t/${await headed(verdicts.plaque)}`),
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
    at('report of a foreign stamp', '/report?code=7K3M9U'),
    sent('report refused', '/report', {}),
    sent('report taken', '/report', { goods: 'Mật ong' }),
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

/**
 * The code of the first stamp of a batch whose page says so.
 * @throws RangeError if the demo has no such batch
 */
async function stampWhere(demo: DemoRecord, address: string, isSo: (page: string) => boolean): Promise<string> {
  for (const { codes } of demo.batches) {
    const [, first = ''] = (await readFile(codes, 'utf8')).split(/\r?\n/);
    const code = first.split(',')[1] ?? '';
    const answer = await fetch(`${address}/t/${code}`, { headers: { Accept: 'text/html' } });
    if (isSo(await answer.text())) return code;
  }
  throw new RangeError('the demo has no batch with such a stamp');
}
