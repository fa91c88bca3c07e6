// Texts that people typed are shown as text, never as markup.

import { describe, expect, test } from '@jest/globals';
import type { CollectionName } from '../../../server/store/store.ts';
import { addressText, numberText, shortened } from '../../../server/web/format.ts';
import { html, raw } from '../../../server/web/html.ts';
import { aLot, aRecall } from '../../fixtures/records/batches.ts';
import { aCertificate, aProducer, aProduct } from '../../fixtures/records/registry.ts';
import { aScanDesk, codeOf } from '../../fixtures/scan-desk.ts';
import { AN_EVENT } from './page-records.ts';

describe('hostile texts', () => {
  const HOSTILE = `"'><script>alert(1)</script>&amp;\u0001plain\u0001\u0000`;

  test('are shown as text wherever they stand', async () => {
    const address = { commune: HOSTILE, province: HOSTILE, detail: HOSTILE };
    const desk = aScanDesk({
      producers: [
        aProducer({
          name: HOSTILE,
          address,
          addressToday: { ...address, detail: 'x' },
          phone: HOSTILE,
          website: `https://x.vn/${HOSTILE}`,
        }),
      ],
      products: [
        aProduct({
          name: HOSTILE,
          brand: HOSTILE,
          description: HOSTILE,
          unit: HOSTILE,
          ingredients: HOSTILE,
          storage: HOSTILE,
          standards: HOSTILE,
          warnings: HOSTILE,
          origin: address,
        }),
      ],
      lots: [
        aLot({
          number: HOSTILE,
          events: [{ ...AN_EVENT, step: HOSTILE, place: HOSTILE, gln: HOSTILE, by: HOSTILE, note: HOSTILE }],
        }),
      ],
      certificates: [aCertificate({ number: HOSTILE, issuer: HOSTILE })],
    });
    for (const records of [
      {},
      { recalls: [aRecall({ reason: { vi: HOSTILE, en: null }, advice: { vi: HOSTILE, en: null } })] },
    ]) {
      for (const [collection, docs] of Object.entries(records))
        for (const doc of docs) desk.memory.put(collection as CollectionName, doc);
      for (const language of ['vi', 'en']) {
        const page = await desk.page(`/t/${codeOf(12)}?lang=${language}`);
        expect(page).not.toMatch(/<script(?! src="\/listen\.js")/);
        expect(page).not.toMatch(/alert\(1\)[^]{0,3}<\/script/);
        expect(page.includes('\u0000') || page.includes('\u0001')).toBe(false);
        expect(page).toContain('&lt;script&gt;');
      }
      expect((await desk.json(`/t/${codeOf(12)}`))['producer']).toMatchObject({ name: HOSTILE });
    }
  });

  test('typed into the box, they come back as text', async () => {
    const page = await aScanDesk().page(`/t/${encodeURIComponent(HOSTILE)}`);
    expect(page).not.toContain('<script');
    expect(page).toContain('value="&quot;&#39;&gt;&lt;script&gt;');
  });

  test('a producer’s link is https and says its host; what is no address is no link', async () => {
    const page = async (website: string): Promise<string> =>
      aScanDesk({ producers: [aProducer({ website })] }).page(`/t/${codeOf(12)}`);
    expect(await page('http://caudat.example.vn/x?y=1')).toContain(
      '<a href="https://caudat.example.vn/x?y=1" rel="noopener nofollow">caudat.example.vn</a>',
    );
    for (const website of ['javascript:alert(1)', 'https://user@evil.example', 'data:text/html,x'])
      expect(await page(website)).not.toMatch(/href="(?:javascript|data|https:\/\/user)/);
  });

  test('the html tag escapes insets in text and attributes, nests, and leaves out nothing, null and false', () => {
    expect(html`<a title="${`"<&'`}">${['<', html`<b>${1}</b>`, null, false, raw('<i>')]}</a>`.text).toBe(
      '<a title="&quot;&lt;&amp;&#39;">&lt;<b>1</b><i></a>',
    );
  });
});

test('numbers, places and long texts are written as the language does', () => {
  expect([numberText(1_204, 'vi'), numberText(16_777_216, 'en'), numberText(999, 'vi')]).toEqual([
    '1.204',
    '16,777,216',
    '999',
  ]);
  expect(addressText({ commune: 'Cao Phong', province: 'Phú Thọ', detail: 'Khu 5' })).toBe(
    'Khu 5, Cao\u00A0Phong, Phú\u00A0Thọ',
  );
  expect([shortened('một hai ba bốn', 9), shortened('một', 9), shortened('x'.repeat(20), 9)]).toEqual([
    'một hai…',
    'một',
    `${'x'.repeat(9)}…`,
  ]);
});
