// Letters that a font would join (fi, ff, ffi) stay separate letters in every weight and every drawing. A name may
// contain any pair of them, in any order, and a reader of the file must find each letter.

import { describe, expect, test } from '@jest/globals';
import { drawSheetInProcess } from '../../../server/sheet/pdf/draw-job.ts';
import { glyphsOf, type NamedFont } from '../../../server/sheet/pdf/page-content.ts';
import { embeddedFont, newDocument } from '../../../server/sheet/pdf/pdf-document.ts';
import { drawPlain } from '../../../server/sheet/pdf/plain-drawing.ts';
import { previewSvg } from '../../../server/sheet/preview/preview-sheet.ts';
import { fontOf, placedOutlines } from '../../../server/sheet/setting/fonts.ts';
import type { FontWeight } from '../../../server/sheet/template/template-schema.ts';
import { USUAL_LETTERS } from '../product-names.ts';
import { openSheet } from '../read-sheet.ts';
import { aJob, ORANGES, setSheet } from '../sheet-jobs.ts';
import { aThermalJob, addressesOn, draw, readZpl } from '../thermal/read-labels.ts';

const WEIGHTS: readonly FontWeight[] = [500, 700, 800];
const PAIRS = USUAL_LETTERS.flatMap((first) => USUAL_LETTERS.map((second) => first + second));
/** Names in which a new i follows a new f, and others that never failed. */
const NAMES = [
  'Bánh muffin chuối',
  'Cà phê filter',
  'Bánh waffle',
  'Kẹo toffee',
  'Cà phê Robusta phin',
  'Fluffi affiff fjfl',
];

test('120 letters are in use', () => {
  expect(new Set(USUAL_LETTERS).size).toBe(120);
});

describe.each(WEIGHTS)('weight %d', (weight) => {
  const glyphOf = (letter: string): number => fontOf(weight).glyphForCodePoint(letter.codePointAt(0) ?? 0).id;

  test('no pair of letters becomes one, kerned or not: pictures, labels and sheets set the same glyphs', () => {
    const joined = PAIRS.filter((pair) => {
      const wanted = Array.from(pair, glyphOf).join();
      return [true, false].some((isKerned) => {
        const placed = placedOutlines(weight, pair, isKerned);
        return placed.map(({ glyph }) => glyph).join() !== wanted;
      });
    });
    expect(joined).toEqual([]);
  });

  test('a print file encodes every pair of letters that are new to it', () => {
    const document = newDocument(
      { title: '', subject: '', keywords: '', printedAt: '2026-11-24T03:15:00.000Z' },
      { widthMm: 210, heightMm: 297 },
    );
    const font = embeddedFont(document, weight);
    const faulty = PAIRS.filter((pair) => {
      const named: NamedFont = { name: 'A', font, glyphs: new Map() };
      const numbers = glyphsOf(named, pair);
      return numbers.length !== 2 || (pair[0] === pair[1]) !== (numbers[0] === numbers[1]);
    });
    expect(faulty).toEqual([]);
  });
});

describe.each(NAMES)('%s', (productName) => {
  const content = { ...ORANGES, productName };

  test.each([
    ['fast', (job: ReturnType<typeof aJob>) => Buffer.concat([...drawSheetInProcess(job)])],
    ['plain', (job: ReturnType<typeof aJob>) => drawPlain(job, setSheet({ to: 5, content }))],
  ] as const)('stands in the text of the %s file, letter by letter', async (_, drawing) => {
    const sheet = await openSheet(drawing(aJob({ to: 5, content })));
    const text = sheet.text(0).replace(/\s+/g, ' ');
    sheet.close();
    expect(text).toContain(productName);
  });

  test('is drawn in previews and on thermal labels', async () => {
    expect(previewSvg(aJob({ to: 5, content }), setSheet({ to: 5, content }), 0)).toContain('<svg');
    const job = aThermalJob('roll-50x30', 203, { content });
    expect((await addressesOn(readZpl(draw(job)), job)).filter((address) => address === null)).toEqual([]);
  });
});

test('what a letter is called in a file does not hang on what was set before it', async () => {
  // A no-break space has the same glyph as a space; whichever is used first must not name it for all later files.
  fontOf(800).layout('a\u00a0b');
  const sheet = await openSheet(Buffer.concat([...drawSheetInProcess(aJob({ to: 1 }))]));
  const text = sheet.text(0);
  sheet.close();
  expect(text).not.toContain('\u00a0');
});
